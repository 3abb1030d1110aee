// simulator INPUT OUTPUT: runs the episodes of INPUT on one core, writes their reports, prints the seconds that its core was busy.
//
// INPUT, u32 words: three lengths, then the scenario's tables, the policies and the episodes (four words each).
#include <cstdio>
#include <ctime>
#include <fstream>
#include <memory>
#include <vector>

#include "episode.hpp"

using namespace sim;

static std::vector<u32> read_words(std::ifstream& file, size_t count) {
  std::vector<u32> words(count);
  file.read(reinterpret_cast<char*>(words.data()), static_cast<std::streamsize>(count * 4));
  return words;
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream input(argv[1], std::ios::binary);
  const auto lengths = read_words(input, 3);
  const auto scenario = read_words(input, lengths[0]);
  const auto policies = read_words(input, lengths[1]);
  const auto episodes = read_words(input, lengths[2]);
  if (!input) return 1;

  std::vector<u32> reports(episodes.size() / 4 * layout::REPORT_WORDS);
  const auto episode = std::make_unique<Episode>(Model{scenario.data()}, policies.data());
  const std::clock_t start = std::clock();
  for (size_t i = 0; i < episodes.size() / 4; i++) {
    const u32* words = &episodes[4 * i];
    episode->run({words[0], {words[1], words[2]}, words[3]}, &reports[i * layout::REPORT_WORDS]);
  }
  std::printf("%.6f\n", static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);

  std::ofstream output(argv[2], std::ios::binary);
  output.write(reinterpret_cast<const char*>(reports.data()), static_cast<std::streamsize>(reports.size() * 4));
  return output ? 0 : 1;
}

// The same as `tardigrade evolve`, from a script: node examples/evolve.mjs [scenario.yaml] [folder] [generations]
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as tardigrade from 'tardigrade/node';

const [file = 'examples/online-boutique.yaml', out = 'out/from-script', count = '10'] = process.argv.slice(2);

const scenario = tardigrade.loadScenario(await readFile(file, 'utf8'), file);
const engine = await tardigrade.openEngine();
console.log(`${engine.description}. ${engine.reason}`);

const options = { seed: 1, population: 32, generations: Number(count) };
const evolution = tardigrade.evolveScenario(engine, scenario, options);
for await (const { index, evaluations, best } of evolution)
  console.log(
    `generation ${index + 1}: ${evaluations} evaluations, best ${scenario.objectives[0]} ${best[0]}`,
  );

const result = await evolution;
console.log(result.verdict.sentences.join('\n'));

const document = tardigrade.composeResult(scenario, result);
await mkdir(out, { recursive: true });
await writeFile(`${out}/result.json`, tardigrade.writeResult(document));
await writeFile(`${out}/policy.yaml`, tardigrade.writePolicy(scenario, result.choice));
await writeFile(`${out}/report.html`, tardigrade.renderReport(document));
engine.close();

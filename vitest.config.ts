import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // A native crash in Dawn then takes one file with it, not the run.
    pool: 'forks',
    // The report's style sheet is part of what is tested.
    css: true,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

// The main job's output is whole: every file there, the result says what it must, the report stands alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name), 'utf8');

const result = JSON.parse(read('result.json'));
assert.ok(Object.keys(result).length > 3, 'result.json holds a result');
assert.match(read('policy.yaml'), /mesh|services|calls/, 'policy.yaml holds a policy');
const report = read('report.html');
assert.match(report, /<svg/, 'report.html holds its charts');
assert.doesNotMatch(report, /(src|href)="https?:/, 'report.html asks nothing of the network');
console.log(`${folder}: result, policy and report are whole`);

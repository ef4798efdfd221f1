import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { largestImport } from '../src/cli/import-answers.ts';
import { largestInput } from '../src/cli/read-json.ts';
import { maxTexts } from '../src/import/image/image-container.ts';
import { maxInflated } from '../src/import/image/png-texts.ts';
import { maxImageSize } from '../src/import/image/read-image-texts.ts';
import { maxInfotextLength, maxTextLength } from '../src/import/index.ts';
import { maxDepth, maxValues } from '../src/json.ts';
import { mostRepeatedKeys } from '../src/json-text.ts';
import { mostListed } from '../src/listed.ts';
import { mostOfAStage } from '../src/planner/verify-stage-plan.ts';
import { mostFixes } from '../src/route/fixes.ts';
import { mostPairs } from '../src/sequence/ambiguity.ts';
import { mostValues } from '../src/sweep/axes.ts';
import { mostArrows } from '../visualizations/svg.ts';

const page = readFileSync('SECURITY.md', 'utf8');
const mebibyte = 1024 * 1024;

test.each([
  ['src/cli/read-json.ts', `${largestInput / mebibyte} MiB`],
  ['src/import/image/read-image-texts.ts', `${maxImageSize / mebibyte} MiB`],
  ['src/import/read-json-text.ts', `${maxTextLength} characters`],
  ['src/import/infotext/infotext-text.ts', `${maxInfotextLength} characters`],
  ['src/import/image/image-container.ts', `${maxTexts}`],
  ['src/import/image/png-texts.ts', `${maxInflated / mebibyte} MiB`],
  ['src/json.ts', `${maxDepth} levels, ${maxValues} values`],
  ['src/listed.ts', `${mostListed}, and how many more`],
  ['src/planner/verify-stage-plan.ts', `${mostOfAStage}, and ${mostOfAStage} more`],
  ['src/route/fixes.ts', `${mostFixes}, and how many more`],
  ['src/json-text.ts', `${mostRepeatedKeys}`],
  ['src/sequence/ambiguity.ts', `${mostPairs}`],
  ['visualizations/svg.ts', `${mostArrows}`],
  ['src/sweep/axes.ts', `${mostValues}`],
])('SECURITY.md states the limit of %s: %s', (file, limit) => {
  const row = page.split('\n').find((line) => line.endsWith(`| \`${file}\` |`));
  expect(row).toContain(`| ${limit}`);
});

test('a file to import may be as large as an image', () => {
  expect(largestImport).toBe(maxImageSize);
});

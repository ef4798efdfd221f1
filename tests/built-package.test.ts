import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** What a program that imports the built package prints. */
function printed(program: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  }).trim();
}

test('the package plans', () => {
  const program =
    "import { buildStagePlan } from 'stageplan'; console.log(buildStagePlan({ txt2img_enabled: true }).stages[0].id)";
  expect(printed(program)).toBe('1-txt2img');
});

test('its machines and its kit are those of the package', () => {
  const program = `
    import fc from 'fast-check';
    import { safeBuildStagePlan } from 'stageplan';
    import { canonicalSequence } from 'stageplan/machines';
    import { checkSequence, coverage, illegalOrders, legalPlans, runConfigArbitrary } from 'stageplan/testing';
    fc.configureGlobal(${JSON.stringify(fc.readConfigureGlobal())});
    const policies = { externalInput: true, standaloneUpscale: false };
    const attempts = Array.from(legalPlans({ sequence: canonicalSequence }), ({ events }) => ({ events, policies }));
    fc.assert(fc.property(runConfigArbitrary(fc), (config) => 'success' in safeBuildStagePlan(config)));
    console.log(JSON.stringify([attempts.length, illegalOrders().length, checkSequence(canonicalSequence),
      coverage(canonicalSequence, attempts).transitions.missing]));`;
  expect(JSON.parse(printed(program))).toEqual([
    40,
    expect.any(Number),
    [],
    [
      'start --stage.upscale--> standaloneUpscale',
      'start --stage.adetailer--> adetailer',
      'standaloneUpscale --stage.adetailer--> adetailer',
      'standaloneUpscale --plan.finished--> complete',
    ],
  ]);
});

test('it compiles', () => {
  const program = `
    import { buildStagePlan } from 'stageplan';
    import { toComfyPrompt } from 'stageplan/comfyui';
    import { toWebuiRequests } from 'stageplan/webui';
    const plan = buildStagePlan({ txt2img_enabled: true, model: 'a.safetensors', seed: 1 });
    console.log(toWebuiRequests(plan, { target: 'a1111' }).length, Object.keys(toComfyPrompt(plan).prompt).length);`;
  expect(printed(program)).toBe('1 7');
});

test('it sweeps', () => {
  const program = `
    import { planTree, sayWork } from 'stageplan';
    import { planSweep } from 'stageplan/sweep';
    const axis = { field: 'upscale.upscale_factor', values: [2, 3, 4] };
    const sweep = planSweep({ txt2img_enabled: true, upscale_enabled: true, seed: 1 }, [axis]);
    const plans = Array.from(sweep).flatMap(({ result }) => (result.success ? [result.plan] : []));
    console.log(sayWork(planTree(plans)));`;
  expect(printed(program)).toBe('3 plans: 1 txt2img instead of 3, 3 upscales');
});

test('its command loads nothing that need not be installed', () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const installed = Object.keys({ ...dependencies, ...peerDependencies });
  const loaded = readdirSync('dist/src/cli')
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) =>
      Array.from(
        readFileSync(`dist/src/cli/${file}`, 'utf8').matchAll(
          /\b(?:from|import|import\()\s*"([@\w.][\w./:@-]*)"/g,
        ),
        ([, name]) => String(name),
      ),
    );
  const packages = new Set(loaded.filter((name) => !name.startsWith('.') && !isBuiltin(name)));
  expect([...packages].filter((name) => !installed.includes(name))).toEqual([]);
  expect(packages).toContain('piscina');
});

test('its core asks for nothing of Node', () => {
  const program = `
    import { readFileSync } from 'node:fs';
    const seen = new Set();
    const visit = (url) => {
      if (seen.has(url.href)) return;
      seen.add(url.href);
      for (const [, from] of readFileSync(url, 'utf8').matchAll(/ from '([^']+)';$/gm)) {
        if (from.startsWith('node:')) throw new Error(url.href + ' imports ' + from);
        if (from.startsWith('.')) visit(new URL(from, url));
      }
    };
    visit(new URL(import.meta.resolve('stageplan')));
    visit(new URL(import.meta.resolve('stageplan/testing')));
    visit(new URL(import.meta.resolve('stageplan/sweep')));
    visit(new URL(import.meta.resolve('stageplan/webui')));
    visit(new URL(import.meta.resolve('stageplan/comfyui')));
    console.log(seen.size > 30);`;
  expect(printed(program)).toBe('true');
});

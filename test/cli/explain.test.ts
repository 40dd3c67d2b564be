import { rules } from '../../src/checks';
import { explain } from '../../src/cli/commands/explain';
import { call } from './call';

test('all rules are listed by what they are about, a line each', async () => {
  const { status, stdout } = await call(explain, [], '/');

  expect(status).toBe(0);
  const lines = stdout.split('\n').filter((line) => line.startsWith('  '));
  expect(lines).toHaveLength(rules.length);
  expect(lines.find((line) => line.includes(' depends-on-missing '))).toMatch(/^ {2}error {4}depends-on-missing +What depends on a Kustomization/);
  expect(stdout).toMatch(/^Flux Kustomizations\n/);
});

test('one rule is explained with an example, what to do and how to live with it', async () => {
  expect((await call(explain, ['unused-suppression'], '/')).stdout).toBe(`unused-suppression (warning)

A suppression that excuses nothing any more would hide the next fault of its kind.

  checks:
    ignore:
      - rule: depends-on-missing
        object: Kustomization/apps # was mended long ago
        reason: the other repository provides it

fix: take it out

It looks at what kustomize and Flux make of the files, and needs kustomize 5.

to live with it, annotate the object: fluxwright.dev/ignore: unused-suppression - reason

https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
`);
});

test('a rule that does not exist is told with the one that may be meant', async () => {
  expect(await call(explain, ['depend-on-missing'], '/')).toEqual({ status: 2, stdout: '', stderr: 'there is no rule "depend-on-missing"\n  fix: write depends-on-missing\n' });
  expect(await call(explain, ['xyz'], '/')).toEqual({ status: 2, stdout: '', stderr: 'there is no rule "xyz"\n  fix: take one that "fluxwright explain" lists\n' });
});

import { rules } from '../../src/checks';
import { explain } from '../../src/cli/commands/explain';
import { ruleList } from '../../src/cli/rule-list';
import { call } from './call';

test('all rules are listed by what they are about, in lines that a terminal shows whole', async () => {
  const { status, stdout } = await call(explain, [], '/');

  expect(status).toBe(0);
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  expect(stdout.match(/^ {2}(error|warning|notice) {2,4}\S+/gm)!.map((line) => line.trim().split(/ +/)[1])).toEqual(rules.map(({ id }) => id));
  expect(stdout).toContain(`Flux Kustomizations
  error    yaml-invalid                       One file that is not valid YAML keeps everything of
                                              its Kustomization from being applied
`);
  expect(stdout).toMatch(/fluxwright explain RULE says why, with an example, and what to do\.\n$/);
});

test('the list is as wide as the terminal, and has two lines where that is narrow', () => {
  const list = (width: number): string => ruleList([{ title: 'Kustomizations', rules: [rules[0]!] }], width, { bold: (text) => text, underline: (text) => text });

  expect(list(200).split('\n')).toContain('  error    yaml-invalid  One file that is not valid YAML keeps everything of its Kustomization from being applied');
  expect(list(50).split('\n').slice(1, 4)).toEqual(['  error    yaml-invalid', '    One file that is not valid YAML keeps', '    everything of its Kustomization from being']);
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

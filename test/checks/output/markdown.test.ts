import { formatMarkdown } from '../../../src/checks/output/markdown';
import { missing, report, untagged } from './report';

test('a table says what was found, and each file unfolds', () => {
  const skipped = [{ rules: ['path-missing'], reason: 'kustomize is not installed', fix: 'install it' }];

  expect(formatMarkdown(report([untagged, missing], { skipped }))).toMatchInlineSnapshot(`
"### fluxwright check: 1 error and 1 warning

| | | rule | why it matters |
| --- | ---: | --- | --- |
| ❌ error | 1 | \`depends-on-missing\` | Why depends-on-missing matters. |
| ⚠️ warning | 1 | \`image-without-tag\` | Why image-without-tag matters. |

> Not checked: \`path-missing\`, since kustomize is not installed. Fix: install it

<details><summary><code>apps/web.yaml</code>: 1 warning</summary>

- ⚠️ line 4: **Deployment shop/web**: runs "nginx", whatever that is today (\`image-without-tag\`)
  <br>fix: name a version

</details>

<details open><summary><code>clusters/prod/apps.yaml</code>: 1 error</summary>

- ❌ line 3: **Kustomization flux-system/apps**: depends on the Kustomization flux-system/databse, which does not exist in this cluster (\`depends-on-missing\`)
  <br>fix: write "name: database", if that is meant

</details>

<sub>41 objects, 6 Flux Kustomizations of 2 clusters, 3 rules</sub>"
`);
});

test('nothing found is two lines', () => {
  expect(formatMarkdown(report([]))).toBe('### fluxwright check: no findings\n\n<sub>41 objects, 6 Flux Kustomizations of 2 clusters, 3 rules</sub>');
});

test('text from a file is no markup, and calls nobody', () => {
  const hostile = { ...missing, object: 'Deployment `a`|b', message: '@admin <img src=x> **bold** [x](https://example.com) #1\n- item', file: 'a</code><b>.yaml' };

  const text = formatMarkdown(report([hostile]));

  expect(text).toContain('**Deployment \\`a\\`\\|b**: @\u2060admin &lt;img src=x&gt; \\*\\*bold\\*\\* \\[x\\](https\u2060://example.com) #\u20601\\\\n- item');
  expect(text).toContain('<code>a&lt;/code&gt;&lt;b&gt;.yaml</code>');
});

test('it fits into a comment, however much was found', () => {
  const many = Array.from({ length: 2000 }, (_, index) => ({ ...missing, file: `apps/${index}.yaml` }));

  const text = formatMarkdown(report(many));

  expect(text.length).toBeLessThan(65_536);
  const shown = text.split('<details').length - 1;
  expect(text).toContain(`and ${2000 - shown} more findings, which no comment has room for: run \`fluxwright check\``);
});

import { formats } from '../../../src/diff/output/formats';
import { diffOf, edited, replaced } from '../diff-files';
import { fleet } from '../fleet';

const after = replaced(replaced(fleet, 'apps/base/web.yaml', 'value: info', 'value: "<b>@team</b>\\e[31m"'), 'data/production/kustomization.yaml', '  - postgres.yaml\n', '');

async function formatted(format: string, colours = false): Promise<string> {
  return formats[format]!({ diff: await diffOf(fleet, after), colours });
}

test('text tells what will happen first, each with what shows it and what to do', async () => {
  expect(await formatted('text')).toMatchInlineSnapshot(`
"2 consequences
  danger deletes Cluster shop/orders, and its data with it [data-deleted]
      where: flux-system/data in production
      since: data/production/kustomization.yaml is changed
      rule: what leaves a Flux Kustomization with prune: true is deleted from the cluster https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
      do: to keep it, annotate it first, in a commit of its own: kustomize.toolkit.fluxcd.io/prune: disabled
  notice restarts the pods of Deployment web [pods-restart]
      where: flux-system/apps in production, staging
      since: apps/base/web.yaml spec.template.spec.containers[name=web].env[name=LOG_LEVEL].value
      rule: a change of the pod template replaces all pods of the workload https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment

flux-system/apps in production, staging
  ~ Deployment web  apps/base/web.yaml
      spec.template.spec.containers[name=web].env[name=LOG_LEVEL].value: info → <b>@team</b>\\u001b[31m

flux-system/data in production
  ~ data/production/kustomization.yaml
      - resources: postgres.yaml

2 changed from main to the working tree (2 of 19 files differ, 14 parsed)"
`);
});

test('text has colours for a terminal alone, and no control characters of others', async () => {
  const plain = await formatted('text');

  expect(plain).not.toContain('\x1b');
  expect((await formatted('text', true)).replace(/\x1b\[\d+m/g, '')).toBe(plain);
});

test('json has all there is, with changes by their ids', async () => {
  expect(JSON.parse(await formatted('json'))).toMatchInlineSnapshot(`
{
  "broken": [],
  "changes": [
    {
      "after": {
        "appliers": [
          {
            "cluster": "clusters/production",
            "kustomization": "flux-system/apps",
            "stage": "production",
          },
          {
            "cluster": "clusters/staging",
            "kustomization": "flux-system/apps",
            "stage": "staging",
          },
        ],
        "file": "apps/base/web.yaml",
        "line": 1,
      },
      "before": {
        "appliers": [
          {
            "cluster": "clusters/production",
            "kustomization": "flux-system/apps",
            "stage": "production",
          },
          {
            "cluster": "clusters/staging",
            "kustomization": "flux-system/apps",
            "stage": "staging",
          },
        ],
        "file": "apps/base/web.yaml",
        "line": 1,
      },
      "fields": [
        {
          "after": "<b>@team</b>[31m",
          "before": "info",
          "path": "spec.template.spec.containers[name=web].env[name=LOG_LEVEL].value",
          "steps": [
            "spec",
            "template",
            "spec",
            "containers",
            {
              "name": "web",
            },
            "env",
            {
              "name": "LOG_LEVEL",
            },
            "value",
          ],
          "type": "changed",
        },
      ],
      "id": 0,
      "subject": {
        "apiVersion": "apps/v1",
        "encrypted": false,
        "group": "apps",
        "kind": "Deployment",
        "name": "web",
        "type": "object",
      },
      "type": "changed",
    },
    {
      "after": {
        "appliers": [
          {
            "cluster": "clusters/production",
            "kustomization": "flux-system/data",
            "stage": "production",
          },
        ],
        "file": "data/production/kustomization.yaml",
        "line": 0,
      },
      "before": {
        "appliers": [
          {
            "cluster": "clusters/production",
            "kustomization": "flux-system/data",
            "stage": "production",
          },
        ],
        "file": "data/production/kustomization.yaml",
        "line": 0,
      },
      "fields": [
        {
          "before": "postgres.yaml",
          "path": "resources[0]",
          "steps": [
            "resources",
            0,
          ],
          "type": "removed",
        },
      ],
      "id": 1,
      "subject": {
        "comparedAs": "data",
        "path": "data/production/kustomization.yaml",
        "role": "kustomization",
        "type": "file",
      },
      "type": "changed",
    },
  ],
  "consequences": [
    {
      "advice": [
        "to keep it, annotate it first, in a commit of its own: kustomize.toolkit.fluxcd.io/prune: disabled",
      ],
      "affected": [],
      "appliers": [
        {
          "cluster": "clusters/production",
          "kustomization": "flux-system/data",
          "stage": "production",
        },
      ],
      "class": "data-deleted",
      "evidence": {
        "changes": [
          1,
        ],
        "facts": [
          "data/production/kustomization.yaml is changed",
        ],
        "rule": {
          "link": "https://fluxcd.io/flux/components/kustomize/kustomizations/#prune",
          "text": "what leaves a Flux Kustomization with prune: true is deleted from the cluster",
        },
      },
      "severity": "danger",
      "title": "deletes Cluster shop/orders, and its data with it",
    },
    {
      "advice": [],
      "affected": [],
      "appliers": [
        {
          "cluster": "clusters/production",
          "kustomization": "flux-system/apps",
          "stage": "production",
        },
        {
          "cluster": "clusters/staging",
          "kustomization": "flux-system/apps",
          "stage": "staging",
        },
      ],
      "class": "pods-restart",
      "evidence": {
        "changes": [
          0,
        ],
        "facts": [
          "apps/base/web.yaml spec.template.spec.containers[name=web].env[name=LOG_LEVEL].value",
        ],
        "rule": {
          "link": "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment",
          "text": "a change of the pod template replaces all pods of the workload",
        },
      },
      "severity": "notice",
      "title": "restarts the pods of Deployment web",
    },
  ],
  "counts": {
    "different": 2,
    "files": 19,
    "layoutOnly": 0,
    "parsed": 2,
    "parsedUnchanged": 12,
    "unrelated": 0,
  },
  "groups": [
    {
      "appliers": [
        {
          "cluster": "clusters/production",
          "kustomization": "flux-system/apps",
          "stage": "production",
        },
        {
          "cluster": "clusters/staging",
          "kustomization": "flux-system/apps",
          "stage": "staging",
        },
      ],
      "entries": [
        [
          0,
        ],
      ],
    },
    {
      "appliers": [
        {
          "cluster": "clusters/production",
          "kustomization": "flux-system/data",
          "stage": "production",
        },
      ],
      "entries": [
        [
          1,
        ],
      ],
    },
  ],
  "level": "source",
  "limits": [],
  "sides": {
    "after": "the working tree",
    "before": "main",
  },
  "summary": {
    "added": 0,
    "changed": 2,
    "danger": 1,
    "moved": 0,
    "notice": 1,
    "removed": 0,
    "warning": 0,
  },
  "version": 1,
}
`);
});

test('markdown begins with a table, folds what is long, and calls nobody', async () => {
  const text = await formatted('markdown');

  expect(text.replace(/`[^`]*`/g, '')).not.toContain('@team');
  expect(text).toMatchInlineSnapshot(`
"### fluxwright diff: 2 changed

🛑 1 danger, ℹ️ 1 notice

| applied by | added | removed | changed | moved |
| --- | ---: | ---: | ---: | ---: |
| flux-system/apps in production, staging |  |  | 1 |  |
| flux-system/data in production |  |  | 1 |  |

<details open><summary>🛑 <b>deletes Cluster shop/orders, and its data with it</b> <code>data-deleted</code></summary>

- where: flux-system/data in production
- since: data/production/kustomization.yaml is changed
- rule: what leaves a Flux Kustomization with prune: true is deleted from the cluster ([documentation](https://fluxcd.io/flux/components/kustomize/kustomizations/#prune))
1. to keep it, annotate it first, in a commit of its own: kustomize.toolkit.fluxcd.io/prune: disabled

</details>

<details><summary>ℹ️ <b>restarts the pods of Deployment web</b> <code>pods-restart</code></summary>

- where: flux-system/apps in production, staging
- since: apps/base/web.yaml spec.template.spec.containers\\[name=web\\].env\\[name=LOG\\_LEVEL\\].value
- rule: a change of the pod template replaces all pods of the workload ([documentation](https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment))

</details>

<details><summary>flux-system/apps in production, staging: 1 change</summary>

- changed **Deployment web** \`apps/base/web.yaml\`
  - \`spec.template.spec.containers[name=web].env[name=LOG_LEVEL].value\`: \`info → <b>@team</b>\\u001b[31m\`

</details>

<details><summary>flux-system/data in production: 1 change</summary>

- changed **data/production/kustomization.yaml**
  - − \`resources[0]\`: \`postgres.yaml\`

</details>

<sub>from main to the working tree (2 of 19 files differ, 14 parsed)</sub>"
`);
});

test('markdown is cut to what a comment may have, and says so', async () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`spare/${index}/object.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: object-${index}\ndata:\n  text: ${'x'.repeat(200)}\n`]));

  const text = formats['markdown']!({ diff: await diffOf(fleet, edited(replaced(fleet, 'apps/base/web.yaml', 'replicas: 3', 'replicas: 4'), many)), colours: false });

  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toContain('spec.replicas');
  expect(text).toContain('**Cut**: 3000 more changes, which no comment has room for: run `fluxwright diff`');
});

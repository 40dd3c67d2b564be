import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kubernetesMinors } from '../../src/schema/kubernetes-schemas';

const project = resolve(__dirname, '../..');
const files = readdirSync(join(project, 'schemas'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).map((name) => join(project, 'schemas', name));

test('there are schemas of each minor from 1.27 on', () => {
  expect(kubernetesMinors()).toEqual(Array.from({ length: kubernetesMinors().length }, (_, index) => `1.${27 + index}`));
  expect(kubernetesMinors().length).toBeGreaterThanOrEqual(11);
});

test('the files are small, and say nothing in prose', () => {
  const prose = /^(description|title|example|message)$/;
  const found: string[] = [];
  const look = (file: string, schema: unknown, isSchema: boolean): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (isSchema && prose.test(key) && typeof value === 'string') found.push(`${file}: ${key}: ${value}`);
      look(file, value, key !== 'properties' && key !== 'default');
    }
  };

  for (const file of files) look(file, JSON.parse(readFileSync(file, 'utf8')), true);

  expect(found).toEqual([]);
  expect(files.filter((file) => statSync(file).size > 700 * 1024)).toEqual([]);
});

test('every reference names something that is there', () => {
  const names = new Set<string>();
  const wanted: [string, string][] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const local = file.includes('custom-resources') ? `${file}#` : '';
    for (const name of Object.keys((JSON.parse(text) as { definitions?: object }).definitions ?? {})) names.add(local + name);
    for (const [, name] of text.matchAll(/"\$ref":"([^"]+)"/g)) wanted.push([file, local + name!]);
  }

  expect(wanted.length).toBeGreaterThan(1000);
  expect(wanted.filter(([, name]) => !names.has(name))).toEqual([]);
});

test('npm packs them', () => {
  const { files: packed } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { files: string[] };

  expect(packed).toContain('schemas');
});

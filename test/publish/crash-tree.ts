import { Tree } from '../../src/tree/tree';
import { configMap, generated, opaque } from './repository';

/** A tree whose every version changes, adds and removes files of both kinds. */
export function crashTree(version: number): Tree {
  const files = Array.from({ length: 60 }, (_, index) => index).filter((index) => index % 3 !== version);
  return new Tree(files.flatMap((index) => [
    generated(`k8s/d${index}/config.yaml`, [configMap(`c${index}`, { version: `${version}`, filler: 'x'.repeat(5_000) })]),
    opaque(`k8s/d${index}/dashboard.json`, JSON.stringify({ index, version, filler: 'y'.repeat(5_000) })),
  ]));
}

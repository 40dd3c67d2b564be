import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, GitopsApp } from 'fluxwright';
import { gitopsDemo } from './platform';

/** Flux 2.1 as bootstrap wrote it into every profile, and busybox at the tag that the original names. */
export function writeParityTree({ target, upstream }: { target: string; upstream: string }): void {
  const app = new GitopsApp({ name: 'gitops-demo', directory: '', root: target });
  gitopsDemo(app, { fluxRelease: '2.1', busyboxTag: '1:36' });
  app.synth();
  for (const { directory } of app.node.children.filter(Cluster.isCluster)) {
    cpSync(join(upstream, 'gotk-components-gitops-demo.yaml'), join(target, directory, 'flux-system/gotk-components.yaml'));
  }
}

import type { Group } from './group';
import { Service } from './service';

const labels = { app: 'busybox' };

export function busyboxIn(group: Group): Service {
  return new Service(group, 'busybox', {
    container: 'busybox',
    image: 'busybox',
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'busybox', image: 'busybox', command: ['/bin/sh', '-c', 'while true; do echo \'doing busywork\'; sleep 5; done'] }] },
      },
    },
  });
}

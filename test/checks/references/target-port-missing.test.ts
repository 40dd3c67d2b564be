import { findingsOf } from '../check-tree';
import { deployment, service, shop } from './shop';

const web = deployment('web', { container: 'ports: [{name: web, containerPort: 8080}]' });

test('a targetPort that no container names is an error', async () => {
  expect(await findingsOf('target-port-missing', shop({ 'shop/web.yaml': web, 'shop/service.yaml': service('web', '[{port: 80, targetPort: http}]') }))).toEqual([
    'shop/service.yaml:6 error Service shop/web: sends to the port http of Deployment web, whose containers have web\n  fix: write "targetPort: web"',
  ]);
});

test('a name that a container has, a number, and pods that the tree does not have are fine', async () => {
  expect(await findingsOf('target-port-missing', shop({ 'shop/web.yaml': web, 'shop/service.yaml': service('web', '[{port: 80, targetPort: web}]') }))).toEqual([]);
  expect(await findingsOf('target-port-missing', shop({ 'shop/web.yaml': web, 'shop/service.yaml': service('web', '[{port: 80, targetPort: 9090}]') }))).toEqual([]);
  expect(await findingsOf('target-port-missing', shop({ 'shop/web.yaml': web, 'shop/service.yaml': service('api', '[{port: 80, targetPort: http}]') }))).toEqual([]);
});

/**
 * `npm run schemas`: writes `schemas/`, what the API server checks of each kind, as data: Kubernetes' own kinds for every minor
 * release, from the OpenAPI documents in its Go module, and custom resources from the CRDs that lie beside the project.
 * Types, enums, patterns and the like are kept, descriptions are not. Needs Go; downloads 1 GB, one release at a time.
 *
 * `npm run schemas -- --kubernetes FOLDER` takes the OpenAPI documents from FOLDER/1.36/openapi-spec and so on instead.
 */
import { resolve } from 'node:path';
import { writeCustomResources } from './schemas/custom-resources';
import { writeKubernetes } from './schemas/kubernetes';

const project = resolve(__dirname, '..');
const [option, folder] = process.argv.slice(2);

writeKubernetes(`${project}/schemas/kubernetes`, option === '--kubernetes' ? folder : undefined);
writeCustomResources(`${project}/schemas/custom-resources`, resolve(project, '../shared/crds'));

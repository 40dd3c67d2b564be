import type { Rule } from '../rule';
import { acmeSolverBlocked } from './acme-solver-blocked';
import { certificateUnused } from './certificate-unused';
import { gatewayMissing } from './gateway-missing';
import { issuerMissing } from './issuer-missing';
import { listenerRefusesRoute } from './listener-refuses-route';
import { subsetMissing } from './subset-missing';

/** How requests get in: gateways, routes, certificates. */
export const networkingRules: readonly Rule[] = [gatewayMissing, listenerRefusesRoute, subsetMissing, issuerMissing, certificateUnused, acmeSolverBlocked];

import { NamespaceDirectory, type Base, type Cluster, type FluxKustomization, type FluxSystem } from 'fluxwright';
import type { HopicOptions } from '../options';
import { djangoBase } from './django';
import { ephemeral } from './ephemeral';
import { postgresBase, type PostgresBase } from './postgres';
import { production } from './production';

export interface Prerequisites {
  readonly flux: FluxSystem;
  /** The PostgreSQL operator. */
  readonly operator: FluxKustomization;
  /** What makes Google's resources. */
  readonly connector: FluxKustomization;
}

export interface Bases {
  readonly django: Base;
  readonly postgres: PostgresBase;
}

/** The Django server and its database: a base for both, production, and an environment for each branch that wants one. */
export function server(cluster: Cluster, prerequisites: Prerequisites, options: HopicOptions): void {
  const directory = new NamespaceDirectory(cluster, 'server', { hasKustomization: false });
  const bases: Bases = { django: djangoBase(directory), postgres: postgresBase(directory) };

  const live = production(directory, bases, prerequisites);
  ephemeral(directory, bases, live, prerequisites, options);
}

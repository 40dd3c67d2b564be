import type { Construct } from 'constructs';
import type { ApiData } from './api-data';
import { ApiResource, type ApiResourceProps } from './api-resource';

/** What a construct takes whose object is a spec and nothing else. */
export interface SpecResourceProps<Spec> extends ApiResourceProps {
  /** The object's spec, as the API has it. Nulls and empty maps are written. */
  readonly spec: ApiData<Spec>;
}

/** The same for an API that several versions are served of. */
export interface VersionedResourceProps<Spec, Version extends string> extends SpecResourceProps<Spec> {
  /**
   * The version of the API to write, of those that the cluster serves.
   * @default "v1"
   */
  readonly apiVersion?: Version;
}

/** The base of plain constructs: one object, typed by its kind's schema. */
export abstract class SpecResource<Spec> extends ApiResource {
  protected constructor(scope: Construct, id: string, apiVersion: string, kind: string, { spec, ...metadata }: SpecResourceProps<Spec>) {
    super(scope, id, apiVersion, kind, metadata);
    this.define({}, { spec });
  }
}

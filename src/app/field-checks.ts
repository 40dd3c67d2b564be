import type { IConstruct } from 'constructs';
import { UserError, type ErrorCode } from '../errors';
import { isToken } from '../yaml/comment';
import { Cluster } from './cluster';
import { Directory } from './directory';
import { holdsForSomeVariables, isDnsLabel, isDnsSubdomain, isFluxDuration, isLabelKey, isLabelValue, isQuantity, variablesIn } from './names';

/**
 * What a constructor can know about its values: every problem of one construct, thrown at once.
 * A value left out passes; a substitution variable that the directory declares is a valid part of any value.
 *
 * @example
 * new FieldChecks(this, 'GitRepository').name(name).duration('interval', interval).done();
 */
export class FieldChecks {
  private readonly errors: UserError[] = [];
  private readonly subject: string;

  constructor(private readonly construct: IConstruct, kind: string) {
    this.subject = `${kind} "${construct.node.path}"`;
  }

  /** A name that must be a DNS subdomain, as most objects' names. */
  name(value: string | undefined, field = 'metadata.name'): this {
    return this.check('name-invalid', field, value, isDnsSubdomain, 'use lower-case letters, digits, "-" and ".", starting and ending with a letter or digit');
  }

  /** A name that must be a DNS label, as namespaces and Services. */
  label(value: string | undefined, field = 'metadata.name'): this {
    return this.check('name-invalid', field, value, isDnsLabel, 'use at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit');
  }

  labels(values: Readonly<Record<string, string>> | undefined, field = 'metadata.labels'): this {
    for (const [key, value] of Object.entries(values ?? {})) {
      this.check('label-invalid', `the key of ${field}`, key, isLabelKey, 'write "name" or "prefix/name", the name at most 63 letters, digits, "-", "_" and "."');
      this.check('label-invalid', `${field}.${key}`, value, isLabelValue, 'use at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit');
    }
    return this;
  }

  annotations(values: Readonly<Record<string, string>> | undefined, field = 'metadata.annotations'): this {
    for (const [key, value] of Object.entries(values ?? {})) {
      this.check('label-invalid', `the key of ${field}`, key, isLabelKey, 'write "name" or "prefix/name", the name at most 63 letters, digits, "-", "_" and "."');
      if (typeof value !== 'string') this.add('value-invalid', `has ${field}.${key} ${JSON.stringify(value)}, which is no string`, 'put it in quotes');
    }
    return this;
  }

  /** A duration as Flux reads it. */
  duration(field: string, value: string | undefined): this {
    return this.check('duration-invalid', field, value, isFluxDuration, 'write hours, minutes and seconds, such as "1h" or "2m30s"');
  }

  /** An amount of CPU, memory or storage. */
  quantity(field: string, value: string | number | undefined): this {
    return this.check('quantity-invalid', field, value === undefined ? undefined : String(value), isQuantity, 'write a number with a unit, such as "500m", "512Mi" or "10Gi"');
  }

  /** Anything else: `problem` follows the construct's name. */
  require(holds: boolean, code: ErrorCode, problem: string, fix: string): this {
    if (!holds) this.add(code, problem, fix);
    return this;
  }

  /** @throws UserError with all problems found */
  done(): void {
    if (this.errors.length > 0) throw UserError.all(this.errors);
  }

  private check(code: ErrorCode, field: string, value: string | undefined, holds: (text: string) => boolean, fix: string): this {
    if (value === undefined) return this;
    if (typeof value !== 'string') return this.add('value-invalid', `has ${field} ${JSON.stringify(value)}, which is no string`, 'put it in quotes');
    if (isToken(value)) return this;
    const declared = [...Directory.around(this.construct)?.variables ?? [], ...Object.keys(Cluster.around(this.construct)?.variables ?? {})];
    const unknown = variablesIn(value).filter((variable) => !declared.includes(variable));
    if (unknown.length > 0) {
      return this.add(code, `has ${field} ${JSON.stringify(value)}, where ${unknown.join(', ')} is no variable of its directory`, `declare it: variables: [${unknown.map((name) => `'${name}'`).join(', ')}]`);
    }
    return holdsForSomeVariables(value, holds) ? this : this.add(code, `has ${field} ${JSON.stringify(value)}`, fix);
  }

  private add(code: ErrorCode, problem: string, fix: string): this {
    this.errors.push(new UserError(code, `${this.subject} ${problem}`, fix));
    return this;
  }
}

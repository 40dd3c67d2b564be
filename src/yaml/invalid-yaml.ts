import { UserError } from '../errors';

export function invalidYaml(where: string, why: string, fix: string): UserError {
  return new UserError('yaml-invalid', `${where} is not YAML that Go reads: ${why}`, fix);
}

import type { FieldChecks } from '../../app/field-checks';
import { scheduleProblem } from '../../postgres/schedule';

export function checkSchedule(checks: FieldChecks, schedule: string): void {
  const found = scheduleProblem(schedule);
  if (found !== undefined) checks.require(false, found.code, found.problem, found.fix);
}

import type { ReportedPin } from '../pins-report';

/** For programs; what is unknown is null. */
export function formatPinsJson(pins: readonly ReportedPin[]): string {
  return JSON.stringify({ pins: pins.map(dataOf) }, null, 2);
}

function dataOf({ pin, state, set, rule, fits }: ReportedPin): unknown {
  return {
    file: pin.file,
    line: pin.line,
    field: pin.path,
    object: pin.object,
    value: pin.value,
    policy: pin.setter!.policy,
    part: pin.setter!.part ?? null,
    branch: pin.branch ?? null,
    state,
    set: set === undefined ? null : { commit: set.commit.id, author: set.commit.author, time: new Date(set.commit.committed).toISOString(), by: set.by.type, because: set.by.because ?? null, subject: set.commit.subject },
    policySelects: rule?.text ?? null,
    fits: fits ?? null,
  };
}

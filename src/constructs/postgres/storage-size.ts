import type { FieldChecks } from '../../app/field-checks';
import { isQuantity } from '../../app/names';
import { amountOf } from '../../postgres/quantity';
import type { EffectiveSpec } from './cluster-spec';

/** A recovered cluster needs the room that the live one has: the backup is of its whole volume. */
export function checkStorageSize(checks: FieldChecks, live: EffectiveSpec, recovered: EffectiveSpec): FieldChecks {
  for (const volume of ['storage', 'walStorage'] as const) {
    const needed = sizeOf(live[volume]);
    const given = sizeOf(recovered[volume]);
    const isSmaller = needed !== undefined && given !== undefined && amountOf(given) < amountOf(needed);
    checks.require(!isSmaller, 'quantity-invalid', `has ${volume}.size ${JSON.stringify(given)}, less than the ${JSON.stringify(needed)} of the cluster that it recovers`, `leave it out, or write "${needed}" or more`);
  }
  return checks;
}

function sizeOf(volume: EffectiveSpec['storage'] | EffectiveSpec['walStorage']): string | undefined {
  const size = volume?.size ?? volume?.pvcTemplate?.resources?.requests?.['storage'];
  return size == null || !isQuantity(String(size)) ? undefined : String(size);
}

import { useMemo } from 'react';
import type { RunConfiguration } from '../../../model/configuration';
import { baselinesOf } from '../../../tasks/baselines';
import { useText } from '../../app/context';
import type { ReferenceLevel } from '../../charts/lineAxis';

/** What guessing gives, and the best possible where it is not 0, as levels of a loss chart in log10. */
export function useBaselines(configuration: RunConfiguration): readonly ReferenceLevel[] {
  const text = useText();
  return useMemo(() => {
    const { chance, perfect } = baselinesOf(configuration);
    return [chance, perfect].flatMap((baseline) =>
      baseline === null || baseline.value === 0
        ? []
        : [
            {
              value: Math.log10(baseline.value),
              name: text(`score.baseline.${baseline.id}`, baseline.params),
            },
          ],
    );
  }, [configuration, text]);
}

import { useMemo } from 'react';
import type { RunSetting } from '../../../state/training/trainingRun';
import { baselinesOf } from '../../../tasks/baselines';
import { useText } from '../../app/context';
import type { ReferenceLevel } from '../../charts/lineAxis';

/** What guessing gives, and the best possible where it is not 0, as levels of a loss chart in log10. */
export function useBaselines({
  configuration,
  training: { data },
}: RunSetting): readonly ReferenceLevel[] {
  const text = useText();
  return useMemo(() => {
    const { chance, perfect } = baselinesOf(configuration, data);
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
  }, [configuration, data, text]);
}

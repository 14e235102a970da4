import { memo, type ComponentType, type ReactNode } from 'react';
import type { AxisTrackId } from '../../model/configuration';
import { ContributionTrack, GradientTrack } from './GradientTracks';
import { ErrorsTrack, InputsTrack, StatesTrack, type ResultTrackProps } from './HeatTracks';
import { LossTrack } from './LossTrack';
import { SaturationTrack } from './SaturationTrack';
import { useShownResult } from './useTimeline';
import type { ShownSteps } from './window';

const AXIS_TRACK: Record<AxisTrackId, ComponentType<ResultTrackProps>> = {
  inputs: InputsTrack,
  states: StatesTrack,
  saturation: SaturationTrack,
  loss: LossTrack,
  errors: ErrorsTrack,
  gradient: GradientTrack,
  contribution: ContributionTrack,
};

/** A track of the shared axis, which draws a result when its stage has its turn. */
export const AxisRow = memo(function AxisRow(props: {
  readonly id: AxisTrackId;
  readonly shown: ShownSteps;
}): ReactNode {
  const { id, shown } = props;
  const AxisTrack = AXIS_TRACK[id];
  return <AxisTrack {...useShownResult()} shown={shown} />;
});

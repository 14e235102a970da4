import { memo, useCallback, useState, type ReactNode } from 'react';
import { PARAMETER_NAMES, type ParameterName } from '../../../model/optimizer';
import type { TrainingRun } from '../../../state/training/trainingRun';
import { useServices, useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import { LineChart, type LineChartProps, type LineSeries } from '../../charts/LineChart';
import { Chips } from '../../controls/Chips';
import { PanelPart } from '../Panel';
import labStyles from '../lab.module.css';
import { Live } from './Live';
import { drawnRuns, runLine } from './runNames';
import { difference, gridOf, lineOf, toLog10, type UpdateGrid } from './trainData';
import styles from './train.module.css';
import { useBaselines } from './useBaselines';

/** What the records of the runs say, update by update. */
export const TrainCharts = memo(function TrainCharts(): ReactNode {
  const { training } = useServices();
  const text = useText();
  const onPick = useCallback(
    (x: number) => {
      const run = training.current();
      if (run !== null) training.show(run, x);
    },
    [training],
  );
  /** Of the current run, and of what is compared with it. */
  const propsOf = (isCompared: boolean): ChartProps | null => {
    const run = training.current();
    if (run === null) return null;
    const runs = isCompared ? drawnRuns(training.runs(), run) : [run];
    const grid = gridOf(runs);
    const shown = training.shown();
    const mark = shown !== null && shown.run === run ? shown.step : null;
    return grid && { run, runs, grid, mark, onPick };
  };
  const part = (Chart: (props: ChartProps) => ReactNode, isCompared = false) => (
    <Live>
      {() => {
        const props = propsOf(isCompared);
        return props && <Chart {...props} />;
      }}
    </Live>
  );
  return (
    <>
      <Live>
        {() => propsOf(true) === null && <p className={labStyles.note}>{text('train.empty')}</p>}
      </Live>
      {part(LossChart, true)}
      {part(GradientChart)}
      {part(ParameterChart)}
    </>
  );
});

interface ChartProps {
  readonly run: TrainingRun;
  /** What is compared with it, itself among them */
  readonly runs: readonly TrainingRun[];
  readonly grid: UpdateGrid;
  /** The step whose network is shown */
  readonly mark: number | null;
  readonly onPick: (x: number) => void;
}

const HEIGHT = 120;

/** 10^x for the readouts of an axis of powers */
function formatPower(log10: number): string {
  return formatNumber(10 ** log10);
}

/** A chart of logarithms over the updates, at whose points networks can be looked at. */
function UpdateChart(
  props: Pick<ChartProps, 'grid' | 'mark' | 'onPick'> &
    Pick<LineChartProps, 'label' | 'yName' | 'series' | 'references'> & { readonly id: string },
): ReactNode {
  const { grid, mark, onPick, ...chart } = props;
  const text = useText();
  return (
    <LineChart
      {...chart}
      xs={grid.xs}
      xName={text('train.update')}
      xId="update"
      yAxis="log10"
      markX={mark}
      format={formatPower}
      formatX={formatCount}
      onPick={onPick}
      height={HEIGHT}
    />
  );
}

function LossChart({ run, runs, ...place }: ChartProps): ReactNode {
  const text = useText();
  const series = runs.flatMap((other): LineSeries[] => {
    const line = runLine(other, runs, run);
    if (line === null) return [];
    const name = text('train.run', { run: other.id });
    const values = lineOf(other, 'loss', place.grid, Math.log10);
    return [{ id: `loss_run_${other.id}`, name, values, ...line }];
  });
  return (
    <PanelPart title={text('train.loss')}>
      <UpdateChart
        {...place}
        id="training-loss"
        label={text('train.loss')}
        yName={text('train.lossAxis')}
        series={series}
        references={useBaselines(run.present)}
      />
    </PanelPart>
  );
}

function GradientChart({ run, runs: _runs, ...place }: ChartProps): ReactNode {
  const text = useText();
  const before = lineOf(run, 'log2Gradient', place.grid, toLog10);
  const after = lineOf(run, 'log2Clipped', place.grid, toLog10);
  const isClipped = after.some((value, i) => value !== before[i]);
  const { clipNorm } = run.present.training;
  const unclipped: LineSeries = {
    id: 'norm_before_clipping',
    name: text('train.before'),
    values: before,
    colour: 'var(--backward)',
  };
  const clipped: LineSeries = {
    id: 'norm_after_clipping',
    name: text('train.after'),
    values: after,
    colour: 'var(--forward)',
    dash: '5 3',
  };
  return (
    <PanelPart title={text('train.gradient')}>
      <UpdateChart
        {...place}
        id="training-gradient"
        label={text('train.gradient')}
        yName={text('train.gradientAxis')}
        series={isClipped ? [unclipped, clipped] : [unclipped]}
        references={
          clipNorm === null ? [] : [{ value: Math.log10(clipNorm), name: text('train.clipNorm') }]
        }
      />
    </PanelPart>
  );
}

const LINES: Record<ParameterName, Pick<LineSeries, 'name' | 'colour' | 'dash'>> = {
  recurrentWeights: { name: 'W_h', colour: 'var(--backward)' },
  inputWeights: { name: 'W_x', colour: 'var(--forward)', dash: '6 3' },
  hiddenBias: { name: 'b', colour: 'var(--ghost-2)', dash: '2 2' },
  outputWeights: { name: 'W_y', colour: 'var(--success)', dash: '8 3 2 3' },
  outputBias: { name: 'c', colour: 'var(--ink-soft)', dash: '1 3' },
};

const QUANTITIES = ['ratio', 'weights', 'gradients'] as const;
type Quantity = (typeof QUANTITIES)[number];

function ParameterChart({ run, runs: _runs, ...place }: ChartProps): ReactNode {
  const text = useText();
  const [quantity, setQuantity] = useState<Quantity>('ratio');
  const values = (name: ParameterName) => {
    const line = (column: 'log2Gradient' | 'log2Weight' | 'log2Update') =>
      lineOf(run, `${column}.${name}`, place.grid, toLog10);
    if (quantity === 'weights') return line('log2Weight');
    if (quantity === 'gradients') return line('log2Gradient');
    return difference(line('log2Update'), line('log2Weight'));
  };
  const name = text(`train.${quantity}`);
  return (
    <PanelPart title={text('train.parameters')}>
      <Chips
        label={text('train.show')}
        value={quantity}
        onChoose={setQuantity}
        chips={QUANTITIES.map((value) => ({ value, label: text(`train.${value}`) }))}
      />
      <UpdateChart
        {...place}
        id={`training-${quantity}`}
        label={`${text('train.parameters')}: ${name}`}
        yName={name}
        series={PARAMETER_NAMES.map((key) => ({ ...LINES[key], values: values(key) }))}
      />
      {quantity === 'ratio' && <p className={styles.note}>{text('train.ratioAbout')}</p>}
    </PanelPart>
  );
}

import type { ShownSteps } from '../../timeline/window';
import type { DataTable } from './dataTable';
import type { FigurePanel } from './figure';

/** A drawing on the page, and what is to be written around it. */
export interface PanelSource extends Omit<FigurePanel, 'width' | 'height' | 'content'> {
  readonly element: Element;
  /** A layer over it that reaches further; what lies outside the drawing is cut off. */
  readonly over?: Element | null;
  /** How much larger than on the page it is drawn, 1 by default */
  readonly zoom?: number;
}

/** A chart of the page as it can be taken along. */
export interface ChartExport {
  /** A word or two in English for the file's name: "gradient" */
  readonly id: string;
  /** With MathText's markup */
  readonly title: string;
  /** The steps it shows, where it is about steps */
  readonly steps?: ShownSteps;
  /** What is drawn now; empty when there is nothing yet */
  readonly panels: () => readonly PanelSource[];
  /** The numbers, from what the page has at hand */
  readonly data: () => DataTable | null;
  /** All of them, where the page shows fewer than there are; for files */
  readonly wholeData?: () => Promise<DataTable | null>;
}

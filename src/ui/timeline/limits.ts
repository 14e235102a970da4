/** Most points of one series in a chart. */
export const MOST_POINTS = 256;
/** Least milliseconds between two draws of a chart while something is dragged. */
export const CHART_INTERVAL = 90;
/** Up to this many shown steps the graph may stand on the time axis itself. */
export const LEAST_ALIGNED = 13;

/** Most points of one series in a chart. */
export const MOST_POINTS = 256;
/** Least milliseconds between two draws of a chart while something is dragged. */
export const CHART_INTERVAL = 90;

/** Most points of one series in a chart. */
export const MOST_POINTS = 256;

/** Keys are dotted: area.thing. Parameters are {name}. */
export const timelineEn = {
} as const;

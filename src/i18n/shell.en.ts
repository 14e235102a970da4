/** Keys are dotted: area.thing. Parameters are {name}. */
export const shellEn = {
} as const;

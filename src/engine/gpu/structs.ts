/**
 * Layouts of the WGSL structs the host writes or reads. test/gpu/layouts.test.ts reflects the
 * composed shaders and compares names, order, types and offsets with these in both directions.
 */

/** Uniform structs; every member is a u32. */
export const UNIFORM_STRUCTS = {
  Params: [
    'steps',
    'batch',
    'input_width',
    'hidden_width',
    'output_width',
    'input_groups',
    'hidden_groups',
    'output_groups',
    'class_targets',
  ],
  Chunk: ['first_step', 'last_step'],
  LaneChunk: ['first_step', 'last_step', 'first_lane', 'exponent_rows'],
  AffineSizes: ['first_row', 'end_row', 'in_groups', 'out_groups', 'in_row_offset'],
  RowNormSizes: ['rows', 'groups', 'exponent_kind', 'exponent_offset', 'stop_offset', 'batch'],
  StepNormSizes: ['steps', 'batch', 'row_offset'],
  GradientSizes: [
    'rows',
    'left_groups',
    'right_groups',
    'right_row_offset',
    'rows_per_part',
    'first_part',
    'product',
    'exponent_kind',
    'exponent_offset',
    'ones',
    'batch',
  ],
  PreviousNormSizes: ['rows', 'batch'],
  LaneSizes: [
    'rows',
    'groups',
    'lanes',
    'exponent_kind',
    'exponent_offset',
    'exponent_rows',
    'accumulate',
  ],
  PartSizes: ['groups', 'parts'],
  HeatMapSizes: [
    'first_step',
    'steps',
    'columns',
    'rows',
    'width',
    'groups',
    'batch',
    'entry',
    'row_offset',
    'logarithmic',
  ],
  LagMapSizes: ['first_loss', 'last_loss', 'first_step', 'last_step', 'hidden_groups', 'batch'],
  SurfaceSizes: ['first_point', 'words'],
  SurfaceChunk: ['first_step', 'last_step', 'first_point'],
} as const;

export type UniformStruct = keyof typeof UNIFORM_STRUCTS;
export type UniformValues<S extends UniformStruct> = Readonly<
  Record<(typeof UNIFORM_STRUCTS)[S][number], number>
>;

/** Storage structs: member name and WGSL type, four bytes each, no padding. */
export const STORAGE_STRUCTS = {
  RowExponents: [
    ['logit_gradient', 'i32'],
    ['slope', 'i32'],
    ['state_gradient', 'i32'],
    ['error_signal', 'i32'],
  ],
  RowNorm: [
    ['sum_of_squares', 'f32'],
    ['exponent', 'i32'],
  ],
  ParameterArray: [
    ['row_groups', 'u32'],
    ['column_groups', 'u32'],
    ['columns', 'u32'],
    ['first_workgroup', 'u32'],
    ['first_lane', 'u32'],
    ['lanes', 'u32'],
    ['gradient', 'u32'],
    ['values', 'u32'],
    ['transposed', 'u32'],
  ],
  TrainingState: [
    ['done', 'u32'],
    ['stop', 'u32'],
    ['overflow_at', 'u32'],
    ['age', 'u32'],
    ['best', 'f32'],
    ['loss', 'f32'],
    ['clip_mantissa', 'f32'],
    ['clip_exponent', 'i32'],
  ],
  SurfaceLoss: [
    ['total', 'f32'],
    ['total_exponent', 'i32'],
    ['sum', 'f32'],
    ['sum_exponent', 'i32'],
    ['overflowed', 'u32'],
  ],
} as const;

export const ROW_EXPONENTS_BYTES = STORAGE_STRUCTS.RowExponents.length * 4;
export const ROW_NORM_BYTES = STORAGE_STRUCTS.RowNorm.length * 4;
export const SURFACE_LOSS_BYTES = STORAGE_STRUCTS.SurfaceLoss.length * 4;

/** Which member of RowExponents a row carries; the numbers are those of row_norms.wgsl. */
export const EXPONENT_KIND = {
  none: 0,
  logitGradient: 1,
  stateGradient: 2,
  errorSignal: 3,
} as const;

/** The struct's bytes in the order of its layout. */
export function packUniform<S extends UniformStruct>(
  struct: S,
  values: UniformValues<S>,
): Uint32Array {
  const names: readonly (keyof UniformValues<S>)[] = UNIFORM_STRUCTS[struct];
  return Uint32Array.from(names, (name) => values[name]);
}

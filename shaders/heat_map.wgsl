// One track at display resolution: least and greatest value of each cell's bin of steps and units,
// for one batch entry. Plain values, or log2 |value| with the row's exponent.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

struct HeatMapSizes {
  first_step: u32,   // 1-based
  steps: u32,        // in the window
  columns: u32,
  rows: u32,
  width: u32,        // units
  groups: u32,       // ceil(width / 4)
  batch: u32,
  entry: u32,
  row_offset: u32,   // rows before step 1
  logarithmic: u32,  // 1: log2 |v| with the error signal's exponent
}

@group(0) @binding(0) var<uniform> sizes: HeatMapSizes;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read> row_exponents: array<RowExponents>;
// [rows][columns]
@group(0) @binding(3) var<storage, read_write> cells: array<vec2f>;

// log2 of an exact zero; the host turns it into -Infinity, which WGSL cannot be trusted with.
const LOG2_OF_ZERO: f32 = -3.0e38;

fn shown(step: u32, unit: u32) -> f32 {
  let row = step * sizes.batch + sizes.entry;
  let value = values[(row + sizes.row_offset) * sizes.groups * 4u + unit];
  if (sizes.logarithmic == 0u) {
    return value;
  }
  let exponent = exponent_of(value);
  if (exponent == ZERO_EXPONENT) {
    return LOG2_OF_ZERO;
  }
  let carried = row_exponents[row + sizes.batch].error_signal;
  return f32(exponent + carried) + log2(abs(scale_by(value, -exponent)));
}

// One thread per cell.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.columns || id.y >= sizes.rows) {
    return;
  }
  let first_step = sizes.first_step - 1u + id.x * sizes.steps / sizes.columns;
  let end_step = sizes.first_step - 1u + (id.x + 1u) * sizes.steps / sizes.columns;
  let first_unit = id.y * sizes.width / sizes.rows;
  let end_unit = (id.y + 1u) * sizes.width / sizes.rows;
  var least = shown(first_step, first_unit);
  var greatest = least;
  for (var step = first_step; step < end_step; step++) {
    for (var unit = first_unit; unit < end_unit; unit++) {
      let value = shown(step, unit);
      least = min(least, value);
      greatest = max(greatest, value);
    }
  }
  cells[id.y * sizes.columns + id.x] = vec2f(least, greatest);
}

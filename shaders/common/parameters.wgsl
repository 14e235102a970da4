// Where a trained array lies, and who works on it. In blocks of 4 x 4; the host lays them out
// (src/engine/gpu/parameterLayout.ts) in the order W_h, W_x, b, W_y, c, with a last entry that ends it.
// Needs common/params.wgsl.
const PARAMETER_ARRAYS: u32 = 5u;
const LANES_PER_WORKGROUP: u32 = 64u;

struct ParameterArray {
  row_groups: u32,
  column_groups: u32,
  columns: u32,          // of a block that are stored: 4, or 1 where the array is a bias
  first_workgroup: u32,
  first_lane: u32,
  lanes: u32,            // threads that share its blocks: lane i has blocks i, i + lanes, …
  gradient: u32,         // its first vec4f among the gradients: rows, padded, of column_groups each
  values: u32,           // its first vec4f among the parameters: block column_group * row_groups + row_group
  transposed: u32,       // the first vec4f of its transpose, behind the parameters; 0 where there is none
}
// The last entry: where each count ends; `values` is what one moment takes, `transposed` where the moments
// begin.

// Sum of squares so far and those of one block, at the larger exponent.
fn with_block(norm: RowNorm, entries: mat4x4f) -> RowNorm {
  let peak = max(
    max(largest_component(entries[0]), largest_component(entries[1])),
    max(largest_component(entries[2]), largest_component(entries[3])),
  );
  let own = exponent_of(peak);
  if (own == ZERO_EXPONENT) {
    return norm;
  }
  let exponent = max(own, norm.exponent);
  let half = -exponent / 2;
  let scale0 = power_of_two(half);
  let scale1 = power_of_two(-exponent - half);
  var sum = at_exponent(norm, exponent);
  for (var i = 0u; i < 4u; i++) {
    let v = entries[i] * scale0 * scale1;
    sum += dot(v, v);
  }
  return RowNorm(sum, exponent);
}

// One term of a sum of norms whose largest exponent is `exponent`.
fn at_exponent(norm: RowNorm, exponent: i32) -> f32 {
  return scale_by(norm.sum_of_squares, max(2 * (norm.exponent - exponent), -252));
}

// sum over rows of (left row)(right row)^T, relative to 2^product_exponent: dL/dW_h from delta_t and
// h_{t-1}, dL/dW_x from delta_t and x_t, dL/dW_y from dL/dz_t and h_t, and the bias gradients with a
// right row that is the constant 1. Rows are split over workgroups (split-K); sum_partials.wgsl adds
// the parts in a fixed order.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

struct GradientSizes {
  rows: u32,
  left_groups: u32,
  right_groups: u32,
  right_row_offset: u32,
  rows_per_part: u32,
  first_part: u32,
  product: u32,        // index into product_exponents
  // which exponent the left rows carry: 1 logit_gradient, 3 error_signal
  exponent_kind: u32,
  exponent_offset: u32,
  ones: u32,           // 1: the right row is the constant 1 (right_groups is 1)
  batch: u32,
}

@group(0) @binding(0) var<uniform> sizes: GradientSizes;
@group(0) @binding(1) var<storage, read> left: array<vec4f>;
@group(0) @binding(2) var<storage, read> right: array<vec4f>;
@group(0) @binding(3) var<storage, read> row_exponents: array<RowExponents>;
@group(0) @binding(4) var<storage, read> right_norms: array<RowNorm>;
@group(0) @binding(5) var<storage, read> product_exponents: array<i32>;
@group(0) @binding(6) var<storage, read> first_overflow: array<u32>;
// part-major: parts[part][left row 0…4*left_groups-1][right_groups]
@group(0) @binding(7) var<storage, read_write> parts: array<vec4f>;

// Each thread sums an 8 x 8 tile: two groups of left entries by two of right ones.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let left_group = id.y * 2u;
  let right_group = id.x * 2u;
  let part = sizes.first_part + id.z;
  if (left_group >= sizes.left_groups || right_group >= sizes.right_groups) {
    return;
  }
  let second_left = min(left_group + 1u, sizes.left_groups - 1u);
  let second_right = min(right_group + 1u, sizes.right_groups - 1u);
  let live = min(sizes.rows, (first_overflow[0] - 1u) * sizes.batch);
  let first = part * sizes.rows_per_part;
  let end = min(first + sizes.rows_per_part, live);
  let product_exponent = product_exponents[sizes.product];
  // sumRL[i][j]: left entry j of the left group L times right entry i of the right group R
  var sum00 = mat4x4f();
  var sum01 = mat4x4f();
  var sum10 = mat4x4f();
  var sum11 = mat4x4f();
  for (var row = first; row < end; row++) {
    let exponents = row_exponents[row + sizes.exponent_offset];
    let carried = select(exponents.error_signal, exponents.logit_gradient, sizes.exponent_kind == 1u);
    var right_exponent = 0;
    if (sizes.ones == 0u) {
      right_exponent = right_norms[row + sizes.right_row_offset].exponent;
    }
    if (carried == ZERO_EXPONENT || right_exponent == ZERO_EXPONENT) {
      continue;
    }
    let left_scale = power_of_two(carried + right_exponent - product_exponent);
    if (left_scale == 0.0) {
      continue;
    }
    let left0 = left[row * sizes.left_groups + left_group] * left_scale;
    let left1 = left[row * sizes.left_groups + second_left] * left_scale;
    var right0 = vec4f(1.0, 0.0, 0.0, 0.0);
    var right1 = vec4f(0.0);
    if (sizes.ones == 0u) {
      let base = (row + sizes.right_row_offset) * sizes.right_groups;
      let half = -right_exponent / 2;
      let scale0 = power_of_two(half);
      let scale1 = power_of_two(-right_exponent - half);
      right0 = right[base + right_group] * scale0 * scale1;
      right1 = right[base + second_right] * scale0 * scale1;
    }
    sum00 += mat4x4f(left0 * right0.x, left0 * right0.y, left0 * right0.z, left0 * right0.w);
    sum01 += mat4x4f(left1 * right0.x, left1 * right0.y, left1 * right0.z, left1 * right0.w);
    sum10 += mat4x4f(left0 * right1.x, left0 * right1.y, left0 * right1.z, left0 * right1.w);
    sum11 += mat4x4f(left1 * right1.x, left1 * right1.y, left1 * right1.z, left1 * right1.w);
  }
  let stride = sizes.right_groups;
  let base = (part * sizes.left_groups + left_group) * 4u * stride + right_group;
  let two_left = left_group + 1u < sizes.left_groups;
  let two_right = right_group + 1u < sizes.right_groups;
  for (var j = 0u; j < 4u; j++) {
    parts[base + j * stride] = vec4f(sum00[0][j], sum00[1][j], sum00[2][j], sum00[3][j]);
    if (two_right) {
      parts[base + j * stride + 1u] = vec4f(sum10[0][j], sum10[1][j], sum10[2][j], sum10[3][j]);
    }
    if (two_left) {
      parts[base + (4u + j) * stride] = vec4f(sum01[0][j], sum01[1][j], sum01[2][j], sum01[3][j]);
      if (two_right) {
        parts[base + (4u + j) * stride + 1u] = vec4f(sum11[0][j], sum11[1][j], sum11[2][j], sum11[3][j]);
      }
    }
  }
}

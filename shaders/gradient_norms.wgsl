// Norms of the parameter gradients in pieces, one per lane, without the product's exponent; and whether
// any entry is not finite, found on bits (docs/numerics.md, point 2).
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/training.wgsl"
#include "common/parameters.wgsl"

@group(0) @binding(0) var<storage, read> arrays: array<ParameterArray>;
// The five gradients, read as bits
@group(0) @binding(1) var<storage, read> gradient_bits: array<vec4u>;
// One per lane
@group(0) @binding(2) var<storage, read_write> norms: array<RowNorm>;

const NOT_FINITE: u32 = 0x7f800000u;

// One thread per lane; a block is here 16 entries in a row, wherever they belong.
@compute @workgroup_size(64)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  var index = 0u;
  while (workgroup.x >= arrays[index + 1u].first_workgroup) {
    index++;
  }
  let own = arrays[index];
  let lane = (workgroup.x - own.first_workgroup) * LANES_PER_WORKGROUP + thread;
  if (lane >= own.lanes) {
    return;
  }
  var norm = RowNorm(0.0, ZERO_EXPONENT);
  var broken = false;
  for (var block = lane; block < own.row_groups * own.column_groups; block += own.lanes) {
    var entries = mat4x4f();
    for (var i = 0u; i < 4u; i++) {
      let bits = gradient_bits[own.gradient + block * 4u + i];
      if (any((bits & vec4u(NOT_FINITE)) == vec4u(NOT_FINITE))) {
        broken = true;
      } else {
        entries[i] = bitcast<vec4f>(bits);
      }
    }
    norm = with_block(norm, entries);
  }
  if (broken) {
    norm.exponent = BEYOND_GRADIENT;
  }
  norms[own.first_lane + lane] = norm;
}

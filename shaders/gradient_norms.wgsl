// Norms of the parameter gradients in pieces, one per workgroup, without the product's exponent; and
// whether any entry is not finite, found on bits (docs/numerics.md, point 2).
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/reduction.wgsl"
#include "common/training.wgsl"
#include "common/parameters.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
// The five gradients, read as bits
@group(0) @binding(1) var<storage, read> gradient_bits: array<vec4u>;
// One per workgroup
@group(0) @binding(2) var<storage, read_write> norms: array<RowNorm>;

const NOT_FINITE: u32 = 0x7f800000u;

// One thread per block: the next 16 entries, whatever their rows.
@compute @workgroup_size(64)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  let own = parameter_array(array_of_workgroup(workgroup.x));
  let block = (workgroup.x - own.first_workgroup) * BLOCKS_PER_WORKGROUP + thread;
  var entries = mat4x4f();
  var broken = 0;
  if (block < own.row_groups * own.column_groups) {
    for (var i = 0u; i < 4u; i++) {
      let bits = gradient_bits[own.gradient + block * 4u + i];
      if (any((bits & vec4u(NOT_FINITE)) == vec4u(NOT_FINITE))) {
        broken = 1;
      } else {
        entries[i] = bitcast<vec4f>(bits);
      }
    }
  }
  let any_broken = workgroup_maximum(thread, broken);
  let norm = workgroup_norm(thread, entries);
  if (thread == 0u) {
    norms[workgroup.x] = RowNorm(norm.sum_of_squares, select(norm.exponent, BEYOND_GRADIENT, any_broken == 1));
  }
}

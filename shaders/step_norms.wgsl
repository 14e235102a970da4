// Adds the row norms of a step's batch entries: the Frobenius norm of e_t, delta_t or h_t.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

struct StepNormSizes {
  steps: u32,
  batch: u32,
  row_offset: u32,  // first row of step 1
}

@group(0) @binding(0) var<uniform> sizes: StepNormSizes;
@group(0) @binding(1) var<storage, read> row_norms: array<RowNorm>;
@group(0) @binding(2) var<storage, read_write> step_norms: array<RowNorm>;

// One thread per step.
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  for (var step = id.x; step < sizes.steps; step += workgroups.x * 64u) {
    let first = sizes.row_offset + step * sizes.batch;
    var exponent = ZERO_EXPONENT;
    for (var i = 0u; i < sizes.batch; i++) {
      exponent = max(exponent, row_norms[first + i].exponent);
    }
    var sum = 0.0;
    for (var i = 0u; i < sizes.batch; i++) {
      let norm = row_norms[first + i];
      sum += scale_by(norm.sum_of_squares, max(2 * (norm.exponent - exponent), -252));
    }
    step_norms[step] = RowNorm(sum, exponent);
  }
}

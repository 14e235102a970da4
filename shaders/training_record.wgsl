// Ends an update: adds up the norms of the weights and of what changed, writes them into the record, counts
// the update unless something left float32, and clears what the next pass accumulates. One workgroup.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/reduction.wgsl"
#include "common/training.wgsl"
#include "common/parameters.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
// One per workgroup of the update: of the weights before, then of the changes
@group(0) @binding(1) var<storage, read> update_norms: array<RowNorm>;
@group(0) @binding(2) var<storage, read_write> training: TrainingState;
// [RING] rows of RECORD_NORMS
@group(0) @binding(3) var<storage, read_write> records: array<RowNorm>;
@group(0) @binding(4) var<storage, read_write> first_overflow: array<u32>;
@group(0) @binding(5) var<storage, read_write> product_exponents: array<i32>;

// The norm of `count` pieces together; their largest exponent, if that stands for none.
fn norm_of(thread: u32, first: u32, count: u32) -> RowNorm {
  var top = ZERO_EXPONENT;
  for (var i = thread; i < count; i += REDUCED_THREADS) {
    top = max(top, update_norms[first + i].exponent);
  }
  top = workgroup_maximum(thread, top);
  var sum = 0.0;
  for (var i = thread; i < count; i += REDUCED_THREADS) {
    sum += at_exponent(update_norms[first + i], top);
  }
  return RowNorm(workgroup_sum(thread, sum), top);
}

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) thread: u32) {
  let all = parameter_array(PARAMETER_ARRAYS).first_workgroup;
  var weights: array<RowNorm, PARAMETER_ARRAYS>;
  var changes: array<RowNorm, PARAMETER_ARRAYS>;
  var top = ZERO_EXPONENT;
  for (var i = 0u; i < PARAMETER_ARRAYS; i++) {
    let own = parameter_array(i);
    weights[i] = norm_of(thread, own.first_workgroup, own.workgroups);
    changes[i] = norm_of(thread, all + own.first_workgroup, own.workgroups);
    top = max(top, weights[i].exponent);
  }
  if (thread != 0u) {
    return;
  }
  first_overflow[0] = params.steps + 1u;
  for (var i = 0u; i < PARAMETER_ARRAYS; i++) {
    product_exponents[i] = 2 * ZERO_EXPONENT;
  }
  if (training.stop != 0u) {
    return;
  }
  if (top >= BEYOND_WEIGHTS) {
    training.stop = select(STOPPED_WEIGHTS, STOPPED_GRADIENT, top == BEYOND_GRADIENT);
    return;
  }
  let row = training.done % RING * RECORD_NORMS;
  for (var i = 0u; i < PARAMETER_ARRAYS; i++) {
    records[row + WEIGHT_RECORDS + i] = weights[i];
    records[row + UPDATE_RECORDS + i] = changes[i];
  }
  training.done++;
}

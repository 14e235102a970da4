// Ends an update: adds up the norms of the weights and of what changed, writes them into the record, counts
// the update unless something left float32, and clears what the next pass accumulates. One workgroup.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/reduction.wgsl"
#include "common/training.wgsl"
#include "common/parameters.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> arrays: array<ParameterArray>;
// One per lane of the update: of the weights before, then of the changes
@group(0) @binding(2) var<storage, read> update_norms: array<RowNorm>;
@group(0) @binding(3) var<storage, read_write> training: TrainingState;
// [RING] rows of RECORD_NORMS
@group(0) @binding(4) var<storage, read_write> records: array<RowNorm>;
@group(0) @binding(5) var<storage, read_write> first_overflow: array<u32>;
@group(0) @binding(6) var<storage, read_write> product_exponents: array<i32>;

// The sums: the weights of each array, then the changes of each.
const SUMS: u32 = 2u * PARAMETER_ARRAYS;

fn first_norm(index: u32) -> u32 {
  let first = arrays[index % PARAMETER_ARRAYS].first_lane;
  return select(first, first + arrays[PARAMETER_ARRAYS].first_lane, index >= PARAMETER_ARRAYS);
}

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32) {
  for (var index = 0u; index < SUMS; index++) {
    var top = ZERO_EXPONENT;
    for (var lane = thread; lane < arrays[index % PARAMETER_ARRAYS].lanes; lane += threads) {
      top = max(top, update_norms[first_norm(index) + lane].exponent);
    }
    offered_exponents[thread][index] = top;
  }
  workgroupBarrier();
  for (var index = 0u; index < SUMS; index++) {
    let top = largest_exponent(index);
    var sum = 0.0;
    for (var lane = thread; lane < arrays[index % PARAMETER_ARRAYS].lanes; lane += threads) {
      sum += at_exponent(update_norms[first_norm(index) + lane], top);
    }
    offered_sums[thread][index] = sum;
  }
  workgroupBarrier();
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
  var top = ZERO_EXPONENT;
  for (var i = 0u; i < PARAMETER_ARRAYS; i++) {
    top = max(top, largest_exponent(i));
  }
  if (top >= BEYOND_WEIGHTS) {
    training.stop = select(STOPPED_WEIGHTS, STOPPED_GRADIENT, top == BEYOND_GRADIENT);
    return;
  }
  let row = training.done % RING * RECORD_NORMS;
  for (var i = 0u; i < PARAMETER_ARRAYS; i++) {
    records[row + WEIGHT_RECORDS + i] = RowNorm(whole_sum(i), largest_exponent(i));
    let change = i + PARAMETER_ARRAYS;
    records[row + UPDATE_RECORDS + i] = RowNorm(whole_sum(change), largest_exponent(change));
  }
  training.done++;
}

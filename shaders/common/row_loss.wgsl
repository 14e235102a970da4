// g and l of one row (step t, batch entry n), for loss.wgsl and surface_loss.wgsl: mse through g;
// cross-entropy by log-sum-exp and bce on the logits, never through y. `base` is where the row's
// logits begin. Needs common/scaled.wgsl, common/elementary.wgsl, and of the kernel its bindings
// `params` and `targets` and fn logit_at(base: u32, i: u32) -> f32.
// Twin: src/reference/losses.ts and outputs.ts.
override output_activation: u32 = 0u;
override loss: u32 = 0u;

const SIGMOID_OUTPUT: u32 = 1u;
const TANH_OUTPUT: u32 = 2u;
const SOFTMAX_OUTPUT: u32 = 3u;
const MEAN_SQUARED_ERROR: u32 = 0u;
const CROSS_ENTROPY: u32 = 1u;

// The largest logit, and sum_i e^(z_i - z_max) without its leading 1, so that ln(1 + rest) keeps its
// digits.
struct ExponentialSum {
  at_largest: u32,
  largest: f32,
  rest: f32,
}

fn exponential_sum(base: u32, width: u32) -> ExponentialSum {
  var at_largest = 0u;
  for (var i = 1u; i < width; i++) {
    if (logit_at(base, i) > logit_at(base, at_largest)) {
      at_largest = i;
    }
  }
  let largest = logit_at(base, at_largest);
  var rest = 0.0;
  for (var i = 0u; i < width; i++) {
    if (i != at_largest) {
      rest += exp_safe(logit_at(base, i) - largest);
    }
  }
  return ExponentialSum(at_largest, largest, rest);
}

// Dense targets as f32 bits [T,B] rows, or one class index per row.
fn target_at(row: u32, component: u32) -> f32 {
  if (params.class_targets == 1u) {
    return select(0.0, 1.0, targets[row] == component);
  }
  return bitcast<f32>(targets[row * params.output_groups * 4u + component]);
}

// g of one component.
fn output_value(z: f32, sums: ExponentialSum) -> f32 {
  switch (output_activation) {
    case SIGMOID_OUTPUT: { return sigmoid_safe(z); }
    case TANH_OUTPUT: { return tanh_safe(z); }
    case SOFTMAX_OUTPUT: { return exp_safe(z - sums.largest) / (1.0 + sums.rest); }
    default: { return z; }
  }
}

// What brings the largest difference of a row near 1: its square may be outside the floats.
fn difference_exponent(base: u32, row: u32, sums: ExponentialSum) -> i32 {
  var largest = 0.0;
  for (var i = 0u; i < params.output_width; i++) {
    largest = max(largest, abs(output_value(logit_at(base, i), sums) - target_at(row, i)));
  }
  return max(exponent_of(largest), -126);
}

// l, before w_t and before the mean over the batch.
fn row_loss(base: u32, row: u32, sums: ExponentialSum) -> Scaled {
  let width = params.output_width;
  if (loss == MEAN_SQUARED_ERROR) {
    let shift = difference_exponent(base, row, sums);
    var squares = 0.0;
    for (var i = 0u; i < width; i++) {
      let difference = scale_by(output_value(logit_at(base, i), sums) - target_at(row, i), -shift);
      squares = fma(difference, difference, squares);
    }
    return Scaled(squares / f32(width), 2 * shift);
  }
  var entropy = 0.0;
  if (loss == CROSS_ENTROPY) {
    let log_rest = log1p_safe(sums.rest);
    for (var i = 0u; i < width; i++) {
      let target_value = target_at(row, i);
      if (target_value != 0.0) {
        entropy = fma(target_value, (sums.largest - logit_at(base, i)) + log_rest, entropy);
      }
    }
    return Scaled(entropy, 0);
  }
  for (var i = 0u; i < width; i++) {
    let z = logit_at(base, i);
    let target_value = target_at(row, i);
    // max(z, 0) - z y + ln(1 + e^-|z|), grouped so that nothing cancels for y of 0 or 1
    let linear = select(-z * target_value, z * (1.0 - target_value), z > 0.0);
    entropy += linear + log1p_unit(exp_safe(-abs(z)));
  }
  return Scaled(entropy / f32(width), 0);
}

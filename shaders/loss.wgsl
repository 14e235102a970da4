// y_t = g(z_t), w_t l_t and w_t dl_t/dz_t of every row (step t, batch entry n).
// Twin: src/reference/losses.ts and outputs.ts.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/elementary.wgsl"
#include "common/row_loss.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
// dense targets as f32 bits [T,B] rows, or one class index per row
@group(0) @binding(2) var<storage, read> targets: array<u32>;
@group(0) @binding(3) var<storage, read> loss_weights: array<f32>;
@group(0) @binding(4) var<storage, read> first_overflow: array<u32>;
@group(0) @binding(5) var<storage, read_write> outputs: array<f32>;
@group(0) @binding(6) var<storage, read_write> logit_gradients: array<f32>;
@group(0) @binding(7) var<storage, read_write> row_exponents: array<RowExponents>;
// w_t l_t of the row's batch entry over B, in the form of a RowNorm: value = sum * 2^(2 * exponent)
@group(0) @binding(8) var<storage, read_write> row_losses: array<RowNorm>;

fn logit_at(base: u32, i: u32) -> f32 {
  return logits[base + i];
}

// g' of one component, softmax aside.
fn output_slope(z: f32) -> f32 {
  if (output_activation == SIGMOID_OUTPUT) {
    let e = exp_safe(-abs(z));
    return e / ((1.0 + e) * (1.0 + e));
  }
  if (output_activation == TANH_OUTPUT) {
    let e = exp_safe(-2.0 * min(abs(z), 100.0));
    return 4.0 * e / ((1.0 + e) * (1.0 + e));
  }
  return 1.0;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let width = params.output_width;
  let stride = params.output_groups * 4u;
  let rows = params.steps * params.batch;
  for (var row = id.x; row < rows; row += workgroups.x * 64u) {
    let base = row * stride;
    let step = row / params.batch;
    if (step + 1u >= first_overflow[0]) {
      for (var i = 0u; i < stride; i++) {
        outputs[base + i] = 0.0;
        logit_gradients[base + i] = 0.0;
      }
      row_losses[row] = RowNorm(0.0, ZERO_EXPONENT);
      row_exponents[row + params.batch].logit_gradient = ZERO_EXPONENT;
      continue;
    }

    let sums = exponential_sum(base, width);
    for (var i = 0u; i < width; i++) {
      outputs[base + i] = output_value(logits[base + i], sums);
    }
    for (var i = width; i < stride; i++) {
      outputs[base + i] = 0.0;
    }

    // Gradient without the factors w_t and 1/B, largest entry near 1 by the row's own exponent.
    var value = Scaled(0.0, ZERO_EXPONENT);
    var largest_gradient = 0.0;
    var shift = 0;
    let weight = loss_weights[step];
    if (weight != 0.0) {
      value = row_loss(base, row, sums);
      if (loss == MEAN_SQUARED_ERROR) {
        shift = value.exponent / 2;
        let scale = -shift;
        var along = 0.0;  // sum over outputs of dl/dy_i y_i, for softmax's Jacobian
        for (var i = 0u; i < width; i++) {
          let y = outputs[base + i];
          along = fma(scale_by(y - target_at(row, i), scale), y, along);
        }
        for (var i = 0u; i < width; i++) {
          let y = outputs[base + i];
          let difference = scale_by(y - target_at(row, i), scale);
          var gradient = difference * output_slope(logits[base + i]);
          if (output_activation == SOFTMAX_OUTPUT) {
            gradient = y * (difference - along);
          }
          gradient *= 2.0 / f32(width);
          logit_gradients[base + i] = gradient;
          largest_gradient = max(largest_gradient, abs(gradient));
        }
      } else if (loss == CROSS_ENTROPY) {
        var total = 0.0;
        for (var i = 0u; i < width; i++) {
          total += target_at(row, i);
        }
        let sum = 1.0 + sums.rest;
        for (var i = 0u; i < width; i++) {
          let target_value = target_at(row, i);
          var gradient = fma(total, exp_safe(logits[base + i] - sums.largest) / sum, -target_value);
          if (i == sums.at_largest && target_value == total) {
            // softmax - 1 without cancellation where the prediction is confident and right.
            gradient = -total * (sums.rest / sum);
          }
          logit_gradients[base + i] = gradient;
          largest_gradient = max(largest_gradient, abs(gradient));
        }
      } else {
        for (var i = 0u; i < width; i++) {
          let z = logits[base + i];
          let target_value = target_at(row, i);
          let e = exp_safe(-abs(z));
          // sigma(z) - y, from the side that does not cancel
          var gradient = select(e, 1.0, z > 0.0) / (1.0 + e) - target_value;
          if (z > 0.0 && target_value == 1.0) {
            gradient = -e / (1.0 + e);
          }
          gradient /= f32(width);
          logit_gradients[base + i] = gradient;
          largest_gradient = max(largest_gradient, abs(gradient));
        }
      }
    } else {
      for (var i = 0u; i < width; i++) {
        logit_gradients[base + i] = 0.0;
      }
    }
    for (var i = width; i < stride; i++) {
      logit_gradients[base + i] = 0.0;
    }

    // Normalise the row, then bring in w_t / B with its exponent apart.
    let factor = weight / f32(params.batch);
    let factor_exponent = max(exponent_of(factor), -126);
    let factor_mantissa = scale_by(factor, -factor_exponent);
    let gradient_exponent = exponent_of(largest_gradient);
    if (gradient_exponent == ZERO_EXPONENT) {
      for (var i = 0u; i < width; i++) {
        logit_gradients[base + i] = 0.0;
      }
      row_exponents[row + params.batch].logit_gradient = ZERO_EXPONENT;
    } else {
      for (var i = 0u; i < width; i++) {
        logit_gradients[base + i] = scale_by(logit_gradients[base + i], -gradient_exponent) * factor_mantissa;
      }
      row_exponents[row + params.batch].logit_gradient = gradient_exponent + shift + factor_exponent;
    }
    if (value.mantissa == 0.0) {
      row_losses[row] = RowNorm(0.0, ZERO_EXPONENT);
    } else {
      let exponent = value.exponent + factor_exponent;
      let odd = select(1.0, 2.0, (exponent & 1) == 1);
      row_losses[row] = RowNorm(value.mantissa * factor_mantissa * odd, exponent >> 1u);
    }
  }
}

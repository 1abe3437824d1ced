/** The weights of one LSTM layer and of the line that reads its last state. */
export interface Network {
  readonly inputs: number
  readonly hidden: number
  readonly outputs: number
  /** Four gates (in, forget, out, candidate) by rows, each over inputs, hidden state and bias. */
  readonly gates: Float64Array
  /** Outputs by rows, over the hidden state and bias. */
  readonly head: Float64Array
}

/** What one pass leaves behind for the way back: a row a step. */
export interface Trace {
  readonly steps: number
  readonly gate: Float64Array
  readonly cell: Float64Array
  readonly state: Float64Array
}

export const traceFor = (steps: number, hidden: number): Trace => ({
  steps,
  gate: new Float64Array(steps * 4 * hidden),
  cell: new Float64Array((steps + 1) * hidden),
  state: new Float64Array((steps + 1) * hidden),
})

/** Runs the sequence (steps by inputs) and answers the outputs; Hochreiter and Schmidhuber, 1997. */
export function forward(network: Network, sequence: ArrayLike<number>, trace: Trace): Float64Array {
  const { hidden, outputs, head } = network
  for (let step = 0; step < trace.steps; step += 1) stepForward(network, sequence, { trace, step })
  const last = trace.steps * hidden
  const result = new Float64Array(outputs)
  for (let out = 0; out < outputs; out += 1) {
    const row = out * (hidden + 1)
    let sum = head[row + hidden] as number
    for (let i = 0; i < hidden; i += 1) {
      sum += (head[row + i] as number) * (trace.state[last + i] as number)
    }
    result[out] = sum
  }
  return result
}

interface Place {
  trace: Trace
  step: number
}

function stepForward(network: Network, sequence: ArrayLike<number>, { trace, step }: Place): void {
  const { inputs, hidden, gates } = network
  const { gate, cell, state } = trace
  const width = inputs + hidden + 1
  const [before, after, base] = [step * hidden, (step + 1) * hidden, step * 4 * hidden]
  for (let row = 0; row < 4 * hidden; row += 1) {
    const at = row * width
    let sum = gates[at + width - 1] as number
    for (let i = 0; i < inputs; i += 1) {
      sum += (gates[at + i] as number) * (sequence[step * inputs + i] as number)
    }
    for (let i = 0; i < hidden; i += 1) {
      sum += (gates[at + inputs + i] as number) * (state[before + i] as number)
    }
    gate[base + row] = row < 3 * hidden ? 1 / (1 + Math.exp(-sum)) : Math.tanh(sum)
  }
  for (let i = 0; i < hidden; i += 1) {
    const [enter, forget] = [gate[base + i] as number, gate[base + hidden + i] as number]
    const [leave, candidate] = [
      gate[base + 2 * hidden + i] as number,
      gate[base + 3 * hidden + i] as number,
    ]
    const now = forget * (cell[before + i] as number) + enter * candidate
    cell[after + i] = now
    state[after + i] = leave * Math.tanh(now)
  }
}

export interface Gradient {
  readonly gates: Float64Array
  readonly head: Float64Array
}

interface Pass {
  sequence: ArrayLike<number>
  trace: Trace
  /** The loss by each output. */
  errors: ArrayLike<number>
}

/** Adds this pass's share to the gradient: backpropagation through time (Werbos, 1990). */
export function backward(network: Network, pass: Pass, gradient: Gradient): void {
  const { hidden } = network
  const { trace, errors } = pass
  const [onState, onCell] = [new Float64Array(hidden), new Float64Array(hidden)]
  const last = trace.steps * hidden
  for (let out = 0; out < network.outputs; out += 1) {
    const row = out * (hidden + 1)
    const error = errors[out] as number
    for (let i = 0; i < hidden; i += 1) {
      gradient.head[row + i] =
        (gradient.head[row + i] as number) + error * (trace.state[last + i] as number)
      onState[i] = (onState[i] as number) + error * (network.head[row + i] as number)
    }
    gradient.head[row + hidden] = (gradient.head[row + hidden] as number) + error
  }
  const onGate = new Float64Array(4 * hidden)
  for (let step = trace.steps - 1; step >= 0; step -= 1) {
    gateErrors({ trace, step }, { onState, onCell, onGate })
    spread(network, { ...pass, step, onGate, onState }, gradient)
  }
}

interface Errors {
  onState: Float64Array
  onCell: Float64Array
  onGate: Float64Array
}

function gateErrors({ trace, step }: Place, { onState, onCell, onGate }: Errors): void {
  const hidden = onState.length
  const [before, after, base] = [step * hidden, (step + 1) * hidden, step * 4 * hidden]
  const gateAt = (kind: number, i: number) => trace.gate[base + kind * hidden + i] as number
  for (let i = 0; i < hidden; i += 1) {
    const [enter, forget, leave, candidate] = [
      gateAt(0, i),
      gateAt(1, i),
      gateAt(2, i),
      gateAt(3, i),
    ]
    const bent = Math.tanh(trace.cell[after + i] as number)
    const error = onState[i] as number
    const cellError = (onCell[i] as number) + error * leave * (1 - bent * bent)
    onGate[i] = cellError * candidate * enter * (1 - enter)
    onGate[hidden + i] = cellError * (trace.cell[before + i] as number) * forget * (1 - forget)
    onGate[2 * hidden + i] = error * bent * leave * (1 - leave)
    onGate[3 * hidden + i] = cellError * enter * (1 - candidate * candidate)
    onCell[i] = cellError * forget
  }
}

interface Spread extends Pass {
  step: number
  onGate: Float64Array
  onState: Float64Array
}

function spread(
  network: Network,
  { sequence, trace, step, onGate, onState }: Spread,
  to: Gradient,
) {
  const { inputs, hidden, gates } = network
  const width = inputs + hidden + 1
  onState.fill(0)
  for (let row = 0; row < 4 * hidden; row += 1) {
    const [at, error] = [row * width, onGate[row] as number]
    for (let i = 0; i < inputs; i += 1) {
      to.gates[at + i] =
        (to.gates[at + i] as number) + error * (sequence[step * inputs + i] as number)
    }
    for (let i = 0; i < hidden; i += 1) {
      const place = at + inputs + i
      to.gates[place] =
        (to.gates[place] as number) + error * (trace.state[step * hidden + i] as number)
      onState[i] = (onState[i] as number) + error * (gates[place] as number)
    }
    to.gates[at + width - 1] = (to.gates[at + width - 1] as number) + error
  }
}

/**
 * GTIN-13 of GS1's prefix 20, which is kept for use inside a company: it is nobody's product in
 * the world outside. The serial is at most ten digits.
 */
export function gtinOf(serial: number): string {
  const digits = `20${serial.toString().padStart(10, '0')}`
  return digits + checkDigitOf(digits)
}

/** GS1 General Specifications 7.9.1: weights 3 and 1 from the right. */
export function checkDigitOf(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1)
  }
  return (10 - (sum % 10)) % 10
}

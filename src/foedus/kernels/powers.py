"""Powers of numbers from 0 to 1, several at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import fused

# Natural logarithm and exponential as short polynomials that the compiler can run in all lanes at once; the library
# functions take one number at a time. Errors stay below 1e-15 times the size of the logarithm.
_SQRT2 = 1.4142135623730951
_LN2 = 0.6931471805599453
_LN2_HIGH = 0.693147180369123816490
_LN2_LOW = 1.90821492927058770002e-10
_LOG2E = 1.4426950408889634
_SMALLEST = -700.0
_ONE_BITS = np.int64(0x3FF0000000000000)
_MANTISSA = np.int64(0x000FFFFFFFFFFFFF)
_EXPONENT = np.int64(0x7FF)
_SHIFT_BITS = np.int64(0x4330000000000000)
_SHIFT = 4503599627370496.0
_ROUND = 6755399441055744.0
_ODD = (19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0)
_FACTORIALS = (
    6227020800.0,
    479001600.0,
    39916800.0,
    3628800.0,
    362880.0,
    40320.0,
    5040.0,
    720.0,
    120.0,
    24.0,
    6.0,
    2.0,
)


@fused
def powers(base: NDArray[np.float64], exponent: float, work: NDArray[np.float64], out: NDArray[np.float64]) -> None:
    """Put base^exponent into `out`, for bases from 0 to 1 and an exponent from 1 on.

    Parameters
    ----------
    base, out : ndarray, shape (L,)
    exponent : float
    work : ndarray, shape (3, L)
        Overwritten.
    """
    lanes = base.size
    if exponent == 2.0:
        for k in range(lanes):
            out[k] = base[k] * base[k]
        return
    word = base.view(np.int64)
    first, second, scaled = work[0], work[1], work[2]
    first_word, second_word = first.view(np.int64), second.view(np.int64)
    for k in range(lanes):
        first_word[k] = (word[k] & _MANTISSA) | _ONE_BITS
        second_word[k] = ((word[k] >> 52) & _EXPONENT) | _SHIFT_BITS
    for k in range(lanes):
        upper = first[k] > _SQRT2
        m = first[k] * (0.5 if upper else 1.0)
        e = (second[k] - _SHIFT) - (1022.0 if upper else 1023.0)
        f = (m - 1.0) / (m + 1.0)
        q = f * f
        series = 1.0 / 21.0
        for odd in _ODD:
            series = series * q + 1.0 / odd
        power = exponent * (e * _LN2 + 2.0 * f * (1.0 + q * series))
        scaled[k] = power if power > _SMALLEST else _SMALLEST
    for k in range(lanes):
        # adding and taking away a number without digits after the point rounds, and leaves the integer in the bits
        shifted = scaled[k] * _LOG2E + _ROUND
        n = shifted - _ROUND
        r = (scaled[k] - n * _LN2_HIGH) - n * _LN2_LOW
        series = 1.0 / _FACTORIALS[0]
        for factorial in _FACTORIALS[1:]:
            series = series * r + 1.0 / factorial
        first[k] = 1.0 + r + r * r * series
        second[k] = shifted
    for k in range(lanes):
        second_word[k] = (second_word[k] + np.int64(1023)) << 52
    for k in range(lanes):
        out[k] = first[k] * second[k] if base[k] > 0.0 else 0.0

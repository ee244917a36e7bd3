"""Sharing an amount so that the shares sum to it exactly: the largest remainder."""

from collections.abc import Sequence


def repartir(total: int, poids: Sequence[int]) -> list[int]:
    """Shares of `total` (cents) proportional to `poids`; they sum to it, or are all 0 when no weight is positive.

    The cents left by rounding down go to the largest remainders, the first ones when they tie.
    """
    somme = sum(poids)
    if somme <= 0:
        return [0] * len(poids)
    parts = [total * p // somme for p in poids]
    restes = [total * p % somme for p in poids]
    for i in sorted(range(len(poids)), key=lambda i: -restes[i])[: total - sum(parts)]:
        parts[i] += 1
    return parts

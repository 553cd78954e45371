"""A polynomial in one variable that behaves like a number and like a sequence of coefficients."""


class Polynomial:
    """A polynomial p(x) = c₀ + c₁x + c₂x² + … with real coefficients; it never changes once made.

    Coefficients go from the constant term upwards, as in numpy.polynomial: `Polynomial(2, -1, 3)` is 3x² − x + 2.
    `len(p)` is the degree, so there are `len(p) + 1` coefficients.

    Attributes:
        coefficients: tuple of numbers; `coefficients[k]` belongs to xᵏ. The last one is not zero, except in the
            zero polynomial, which is `(0,)`.
    """

    def __init__(self, *coefficients):
        """Keep the coefficients as a tuple, without the zeros at the high end.

        `Polynomial(1, 2, 0)` is the same polynomial as `Polynomial(1, 2)`; `Polynomial()` and `Polynomial(0, 0)` are
        the zero polynomial, which keeps one coefficient, 0.

        Args:
            *coefficients: numbers, from the constant term upwards.
        """
        # BEGIN SOLUTION polynomial
        degree = max((power for power, coefficient in enumerate(coefficients) if coefficient != 0), default=0)
        self.coefficients = coefficients[: degree + 1] or (0,)
        # END SOLUTION

    def __call__(self, x):
        """Compute the polynomial's value, p(x) = c₀ + x(c₁ + x(c₂ + …)).

        Args:
            x: a number, or an array of any shape, whose elements are taken one by one.

        Returns:
            A number for a number, an array of the shape of `x` for an array.

        Source:
            Horner's method: one product and one sum a coefficient, no powers.
        """
        # BEGIN SOLUTION polynomial
        value = 0
        for coefficient in reversed(self.coefficients):
            value = value * x + coefficient
        return value
        # END SOLUTION

    def __len__(self):
        """Return the degree: the highest power with a coefficient other than zero, and 0 for a constant."""
        # BEGIN SOLUTION polynomial
        return len(self.coefficients) - 1
        # END SOLUTION

    def __bool__(self):
        """Return False for the zero polynomial alone (given: Python would ask `len`, and call every constant false)."""
        return self.coefficients != (0,)

    def __getitem__(self, power):
        """Return the coefficient of x to this power.

        Args:
            power: int, 0 or more.

        Returns:
            A number; 0 for a power above the degree.

        Raises:
            IndexError: the power is negative.
        """
        # BEGIN SOLUTION polynomial
        if power < 0:
            raise IndexError(f"a polynomial has no negative powers, got {power}")
        return self.coefficients[power] if power <= len(self) else 0
        # END SOLUTION

    def __iter__(self):
        """Go through the coefficients from the constant term upwards, the leading one included."""
        # BEGIN SOLUTION polynomial
        return iter(self.coefficients)
        # END SOLUTION

    def __eq__(self, other):
        """Return whether `other` is a polynomial with equal coefficients; anything else gives `NotImplemented`."""
        # BEGIN SOLUTION polynomial
        if not isinstance(other, Polynomial):
            return NotImplemented
        return self.coefficients == other.coefficients
        # END SOLUTION

    def __hash__(self):
        """Equal polynomials have equal hashes (given: a class that defines `__eq__` alone could not be hashed)."""
        return hash(self.coefficients)

    def __add__(self, other):
        """Add two polynomials, of equal degree or not: the coefficient of xᵏ is aₖ + bₖ.

        Args:
            other: Polynomial; anything else gives `NotImplemented`.

        Returns:
            A new Polynomial.
        """
        # BEGIN SOLUTION polynomial
        if not isinstance(other, Polynomial):
            return NotImplemented
        degree = max(len(self), len(other))
        return Polynomial(*(self[power] + other[power] for power in range(degree + 1)))
        # END SOLUTION

    def __mul__(self, other):
        """Multiply two polynomials: the coefficient of xᵏ is the sum of aᵢbⱼ over all i + j = k.

        Args:
            other: Polynomial; anything else gives `NotImplemented`.

        Returns:
            A new Polynomial.
        """
        # BEGIN SOLUTION polynomial
        if not isinstance(other, Polynomial):
            return NotImplemented
        product = [0] * (len(self) + len(other) + 1)
        for i, a in enumerate(self):
            for j, b in enumerate(other):
                product[i + j] += a * b
        return Polynomial(*product)
        # END SOLUTION

    def __str__(self):
        """Write the polynomial as people do, the highest power first: "3x^2 - x + 2".

        Terms with coefficient zero are left out, as are a coefficient of one before an x and the power one; a leading
        minus touches its term ("-x^3 + 0.5x"); the zero polynomial is "0".
        """
        # BEGIN SOLUTION polynomial
        text = ""
        for power, coefficient in reversed(list(enumerate(self))):
            if coefficient == 0:
                continue
            size = "" if abs(coefficient) == 1 and power > 0 else str(abs(coefficient))
            letter = {0: "", 1: "x"}.get(power, f"x^{power}")
            minus, plus = (" - ", " + ") if text else ("-", "")
            text += (minus if coefficient < 0 else plus) + size + letter
        return text or "0"
        # END SOLUTION

    def __repr__(self):
        """Write the expression that makes this polynomial: "Polynomial(2, -1, 3)"."""
        # BEGIN SOLUTION polynomial
        return f"Polynomial({', '.join(map(repr, self.coefficients))})"
        # END SOLUTION

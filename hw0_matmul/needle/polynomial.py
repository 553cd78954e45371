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
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

    def __call__(self, x):
        """Compute the polynomial's value, p(x) = c₀ + x(c₁ + x(c₂ + …)).

        Args:
            x: a number, or an array of any shape, whose elements are taken one by one.

        Returns:
            A number for a number, an array of the shape of `x` for an array.

        Source:
            Horner's method: one product and one sum a coefficient, no powers.
        """
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

    def __len__(self):
        """Return the degree: the highest power with a coefficient other than zero, and 0 for a constant."""
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

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
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

    def __iter__(self):
        """Go through the coefficients from the constant term upwards, the leading one included."""
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

    def __eq__(self, other):
        """Return whether `other` is a polynomial with equal coefficients; anything else gives `NotImplemented`."""
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

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
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

    def __mul__(self, other):
        """Multiply two polynomials: the coefficient of xᵏ is the sum of aᵢbⱼ over all i + j = k.

        Args:
            other: Polynomial; anything else gives `NotImplemented`.

        Returns:
            A new Polynomial.
        """
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

    def __str__(self):
        """Write the polynomial as people do, the highest power first: "3x^2 - x + 2".

        Terms with coefficient zero are left out, as are a coefficient of one before an x and the power one; a leading
        minus touches its term ("-x^3 + 0.5x"); the zero polynomial is "0".
        """
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

    def __repr__(self):
        """Write the expression that makes this polynomial: "Polynomial(2, -1, 3)"."""
        raise NotImplementedError("hw0 · polynomial: see hw0_matmul/README.md, stage 1")

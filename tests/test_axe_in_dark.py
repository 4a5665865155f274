"""Nothing that axe finds wrong, in dark."""

from accessibility import InScheme


class TestInDark(InScheme):
    scheme = "dark"

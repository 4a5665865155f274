"""Nothing that axe finds wrong, in light."""

from accessibility import InScheme


class TestInLight(InScheme):
    scheme = "light"

import a
import a.b
import a.b.c as d
import a, b, c as d
from a import b
from a import b as c
from a import b, c as d
from a import (b, c)
from a import (b,
               c as d,)
from a.b import c
from a import *
from . import a
from .. import a
from ... import a
from .... import a
from .a import b
from ...a.b import c

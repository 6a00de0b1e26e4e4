"""The conformance suite: what every integration promises, one test per behaviour.

Subclass `Conformance`, and give it the `World` of your integration; pytest does the rest.
"""

from smarketing.testing.conformance.manifest import Manifests
from smarketing.testing.conformance.messages import Messages
from smarketing.testing.conformance.occurrences import Occurrences
from smarketing.testing.conformance.reading import Readings
from smarketing.testing.conformance.steps import Steps
from smarketing.testing.conformance.texts import Texts
from smarketing.testing.conformance.writing import Writings


class Conformance(Manifests, Readings, Writings, Occurrences, Texts, Steps, Messages):
    """Every promise of the integration contract."""

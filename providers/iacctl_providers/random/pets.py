"""The words of pet names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

_ADVERBS: Final = """
    always barely bravely brightly briskly calmly cheerily clearly closely coolly deeply duly eagerly easily evenly
    fairly firmly fondly freely freshly fully gently gladly globally gracefully greatly happily highly honestly hugely
    humbly jointly keenly kindly largely lately legally lightly likely locally loudly loyally luckily mainly merrily
    mildly mostly mutually naturally nearly neatly nicely nobly notably oddly openly partly plainly politely promptly
    properly proudly purely quickly quietly rapidly rarely readily really richly rightly safely seriously sharply
    shortly silently simply smoothly softly solely steadily strongly surely swiftly tenderly thankfully tightly truly
    usually vastly vaguely vividly warmly wholly widely wildly wisely
"""
_ADJECTIVES: Final = """
    able active agile alert amazing amber ample apt artful aware balanced bold brave breezy bright brisk calm capable
    careful central charmed cheery chief civil classic clean clear clever coastal composed cool coral cosmic crafty
    crisp curious dapper daring deft direct distinct driven dynamic eager early earnest easy elegant epic even exact
    fair famous fancy fast fearless firm fleet fluent fond frank free fresh friendly full funny game gentle giving
    glad gleaming golden good grand great handy happy hardy hearty helpful honest hopeful humble ideal immune inspired
    jolly joyful keen key kind large leading learning legible lively logical loving loyal lucid lucky magical major
    mellow merry mighty mint modern modest musical native natural nearby neat new nice nimble noble normal novel open
    optimal patient peaceful playful pleasant polite proud prime pure quick quiet quirky rapid ready real regular
    relaxed rich robust round royal safe sharp shining silver simple sincere skilled sleek smart smooth social solid
    sound spry stable star steady still strong subtle sunny super sweet swift tender thankful tidy tough true trusty
    unique upright useful valid vast vital vivid warm wealthy welcome whole wired wise witty wondrous worthy zesty
"""
_ANIMALS: Final = """
    albatross alpaca antelope armadillo axolotl badger bat beaver bee beetle bison bobcat buffalo bullfinch butterfly
    buzzard camel capybara caribou cat chameleon chamois cheetah chickadee chinchilla chipmunk cicada cobra cockatoo
    condor cormorant cougar coyote crab crane cricket crow cuckoo curlew deer dingo dolphin donkey dormouse dove
    dragonfly duck dunlin eagle echidna eel egret elephant elk emu ermine falcon ferret finch firefly flamingo fox
    frog gazelle gecko gerbil gibbon giraffe goat goldfinch goose gopher grasshopper grebe grouse guppy hamster hare
    hawk hedgehog heron herring hippo hoopoe hornet horse hummingbird ibex ibis iguana impala jackal jackdaw jaguar
    jay kangaroo kestrel kingfisher kite kiwi koala kudu ladybird lapwing lark lemming lemur leopard lion lizard llama
    lobster loon lynx macaw magpie manatee marmot marten meerkat mink mole mongoose moose moth mouse mule nautilus
    newt nightingale numbat ocelot octopus okapi opossum orca oriole oryx osprey ostrich otter owl oyster panda
    pangolin panther parrot partridge peacock pelican penguin perch petrel pheasant pigeon pike platypus plover pony
    porcupine porpoise puffin puma quail quokka rabbit raccoon raven reindeer rhino roadrunner robin rook salamander
    salmon sandpiper sardine seahorse seal serval shark sheep shrew shrike shrimp skink skunk skylark sloth snail
    snipe sparrow spider squid squirrel starfish starling stingray stoat stork sturgeon swallow swan swift tapir
    tarsier teal tern thrush tiger toad tortoise toucan trout tuna turtle viper vole vulture wallaby walrus warbler
    wasp waxwing weasel whale wildcat wolf wolverine wombat woodpecker wren yak zebra
"""


def words(count: int, source: Random) -> list[str]:
    """So many words: a pet, with an adjective before it, with adverbs before that."""
    if count < 1:
        return [_pick(_ANIMALS, source)]
    adverbs = [_pick(_ADVERBS, source) for _ in range(count - 2)]
    adjective = [_pick(_ADJECTIVES, source)] if count > 1 else []
    return [*adverbs, *adjective, _pick(_ANIMALS, source)]


def _pick(text: str, source: Random) -> str:
    return source.choice(text.split())

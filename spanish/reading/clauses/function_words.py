"""Words of the closed classes, folded: articles, prepositions, pronouns, conjunctions, adverbs."""

from spanish.reading.wording import word_set

DETERMINERS = word_set(
    "el la los las un una unos unas su sus mi mis nuestro nuestra nuestros nuestras este esta estos estas "
    "ese esa esos esas dicho dicha dichos dichas cada otro otra otros otras algun alguna ningun ninguna "
    "primer primera segunda segundo tercer tercera ultimo ultima del al lo cual mismo misma ambos ambas "
    "varios varias"
)
PREPOSITIONS = word_set(
    "de en con por para pa a sin sobre ante bajo contra desde entre hacia segun hasta x p"
)
CLITICS = word_set("se le les lo la los las me nos te")
ADVERBS = word_set(
    "ya hoy ayer antier solo solamente nomas tambien tmb apenas hasta aun todavia bien muy mas ahorita "
    "ahora finalmente siempre asi luego despues entonces todo toda todos todas casi medio debidamente "
    "igual nuevamente por fin alla aqui"
)
NEGATIONS = word_set("no ni nunca tampoco jamas nadie")
JOINING = word_set(
    "y e o u pero sino aunque porque pues mientras cuando donde ademas tambien q que quien quienes cuyo "
    "cuya asi entonces luego como si"
)
RELATIVE = word_set("q que quien quienes cuyo cuya donde")
PURPOSE = word_set("para pa p")

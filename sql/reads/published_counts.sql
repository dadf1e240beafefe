-- Published national counts of organisations in intensive support.
select *
from marts.fct_published_count
where counted in ('4', 'special measures') and level not like '%joint%'
order by stated_on
